%% stack trace: edge, function clause arguments.
-module(stack_trace_edge_function_clause_arguments).
-export([start/0, id/1]).

f(1, _) -> ok.

start() ->
    show(fun() -> try f(2, x) catch error:function_clause:S -> erlang:delete_element(4, hd(S)) end end).  % expect: {stack_trace_edge_function_clause_arguments,f,[2,x]}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

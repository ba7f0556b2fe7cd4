%% function_exported: edge.
-module(bif_function_exported_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:function_exported(?MODULE, start, 0) end),  % expect: true
    show(fun() -> erlang:function_exported(nosuchmod, f, 0) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% stack trace: error, undef arguments.
-module(stack_trace_error_undef_arguments).
-export([start/0, id/1]).

start() ->
    show(fun() -> try lists:nosuch(1, [2]) catch error:undef:S -> erlang:delete_element(4, hd(S)) end end).  % expect: {lists,nosuch,[1,[2]]}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

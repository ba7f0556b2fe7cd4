%% fun: normal, local and external.
-module(fun_normal_local_and_external).
-export([start/0, id/1]).

g(X) -> X + 1.

start() ->
    show(fun() -> lists:map(fun g/1, [1,2]) end),  % expect: [2,3]
    show(fun() -> lists:map(fun erlang:abs/1, [-1,2]) end).  % expect: [1,2]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

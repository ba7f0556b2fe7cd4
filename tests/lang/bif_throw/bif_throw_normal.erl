%% throw: normal.
-module(bif_throw_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> throw(id(ball)) end),  % expect: throw ball
    show(fun() -> throw(id({a,1})) end).  % expect: throw {a,1}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

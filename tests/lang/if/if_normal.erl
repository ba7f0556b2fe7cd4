%% if: normal.
-module(if_normal).
-export([start/0, id/1]).

f(X) -> if X > 0 -> pos; X < 0 -> neg; true -> zero end.

start() ->
    show(fun() -> [f(X) || X <- [1, -1, 0]] end).  % expect: [pos,neg,zero]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% guard: normal, comma semicolon.
-module(guard_normal_comma_semicolon).
-export([start/0, id/1]).

f(X, Y) when X > 0, Y > 0; X < 0, Y < 0 -> same; f(_, _) -> differ.

start() ->
    show(fun() -> [f(1,1), f(-1,-1), f(1,-1), f(0,0)] end).  % expect: [same,same,differ,differ]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% multiply: normal.
-module(bif_multiply_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(6) * id(7) end),  % expect: 42
    show(fun() -> id(1.5) * id(2) end),  % expect: 3.0
    show(fun() -> id(-3) * id(3) end).  % expect: -9

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

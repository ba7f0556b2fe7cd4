%% block: normal.
-module(block_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin 1, 2 end end),  % expect: 2
    show(fun() -> begin X = 1, begin Y = X + 1, Y end end end).  % expect: 2

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

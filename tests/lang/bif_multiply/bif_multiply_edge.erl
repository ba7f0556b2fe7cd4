%% multiply: edge.
-module(bif_multiply_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1 bsl 40) * id(1 bsl 40) end),  % expect: 1208925819614629174706176
    show(fun() -> id(0) * id(1 bsl 100) end),  % expect: 0
    show(fun() -> id(-1) * id(-576460752303423488) end),  % expect: 576460752303423488
    show(fun() -> id(123456789012345678901234567890) * id(987654321098765432109876543210) end).  % expect: 121932631137021795226185032733622923332237463801111263526900

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% literals: normal, numbers.
-module(literals_normal_numbers).
-export([start/0, id/1]).

start() ->
    show(fun() -> [16#FF, 2#1010, 36#Z, 1_000_000, 8#17] end),  % expect: [255,10,35,1000000,15]
    show(fun() -> [1.5, 1.0e3, 2.5e-3, 1.0E2] end).  % expect: [1.5,1.0e3,0.0025,100.0]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

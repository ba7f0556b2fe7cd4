%% band: normal.
-module(bif_band_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(12) band id(10) end),  % expect: 8
    show(fun() -> id(255) band id(15) end).  % expect: 15

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

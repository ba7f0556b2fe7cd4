%% band: edge.
-module(bif_band_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(-1) band id(1 bsl 100) end),  % expect: 1267650600228229401496703205376
    show(fun() -> id(-(1 bsl 80)) band id((1 bsl 81) - 1) end),  % expect: 1208925819614629174706176
    show(fun() -> id(-5) band id(-3) end).  % expect: -7

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

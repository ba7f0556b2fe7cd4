%% bsl: edge.
-module(bif_bsl_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1) bsl id(59) end),  % expect: 576460752303423488
    show(fun() -> id(1) bsl id(60) end),  % expect: 1152921504606846976
    show(fun() -> id(1) bsl id(200) end),  % expect: 1606938044258990275541962092341162602522202993782792835301376
    show(fun() -> id(256) bsl id(-4) end),  % expect: 16
    show(fun() -> id(0) bsl id(1000000000000) end).  % expect: 0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

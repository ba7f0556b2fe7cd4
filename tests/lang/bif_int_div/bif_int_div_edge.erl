%% int_div: edge.
-module(bif_int_div_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1 bsl 100) div id(1 bsl 90) end),  % expect: 1024
    show(fun() -> id(-576460752303423488) div id(-1) end),  % expect: 576460752303423488
    show(fun() -> id(0) div id(5) end),  % expect: 0
    show(fun() -> id(-(1 bsl 100)) div id(3) end).  % expect: -422550200076076467165567735125

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

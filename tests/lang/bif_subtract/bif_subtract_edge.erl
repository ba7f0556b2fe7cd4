%% subtract: edge.
-module(bif_subtract_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(-576460752303423488) - id(1) end),  % expect: -576460752303423489
    show(fun() -> id(1 bsl 64) - id(1 bsl 64) end),  % expect: 0
    show(fun() -> - id(-576460752303423488) end),  % expect: 576460752303423488
    show(fun() -> id(1 bsl 60) - id(1) end).  % expect: 1152921504606846975

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

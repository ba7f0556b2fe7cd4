%% bsr: edge.
-module(bif_bsr_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1 bsl 100) bsr id(90) end),  % expect: 1024
    show(fun() -> id(-1) bsr id(500) end),  % expect: -1
    show(fun() -> id(5) bsr id(1 bsl 70) end),  % expect: 0
    show(fun() -> id(-(1 bsl 100)) bsr id(99) end),  % expect: -2
    show(fun() -> id(1) bsr id(-70) end).  % expect: 1180591620717411303424

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

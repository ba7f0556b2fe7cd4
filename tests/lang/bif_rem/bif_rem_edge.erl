%% rem: edge.
-module(bif_rem_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1 bsl 100) rem id(7) end),  % expect: 2
    show(fun() -> id(-(1 bsl 100)) rem id(1000003) end),  % expect: -253109
    show(fun() -> id(5) rem id(1 bsl 80) end).  % expect: 5

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

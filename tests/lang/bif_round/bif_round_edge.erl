%% round: edge.
-module(bif_round_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> round(id(0.5)) end),  % expect: 1
    show(fun() -> round(id(-0.5)) end),  % expect: -1
    show(fun() -> round(id(1.0e25)) end),  % expect: 10000000000000000905969664
    show(fun() -> round(id(4503599627370497.5)) end),  % expect: 4503599627370498
    show(fun() -> round(id(7)) end).  % expect: 7

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

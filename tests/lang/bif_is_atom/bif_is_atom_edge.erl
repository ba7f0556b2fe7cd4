%% is_atom: edge.
-module(bif_is_atom_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_atom(id('')) end),  % expect: true
    show(fun() -> is_atom(id([])) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

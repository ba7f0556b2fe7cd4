%% atom_to_list: edge.
-module(bif_atom_to_list_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> atom_to_list(id('')) end),  % expect: []
    show(fun() -> atom_to_list(id('日本')) end).  % expect: [26085,26412]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

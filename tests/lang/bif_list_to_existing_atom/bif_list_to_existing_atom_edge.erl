%% list_to_existing_atom: edge.
-module(bif_list_to_existing_atom_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_existing_atom(id("start")) end).  % expect: start

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% list_to_existing_atom: normal.
-module(bif_list_to_existing_atom_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_existing_atom(id("ok")) end),  % expect: ok
    show(fun() -> list_to_existing_atom(id("false")) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

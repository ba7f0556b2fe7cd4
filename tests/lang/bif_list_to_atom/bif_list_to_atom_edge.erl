%% list_to_atom: edge.
-module(bif_list_to_atom_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_atom(id("")) end),  % expect: ''
    show(fun() -> list_to_atom(id([26085,26412])) end),  % expect: '\x{65E5}\x{672C}'
    show(fun() -> list_to_atom(id("A")) end).  % expect: 'A'

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

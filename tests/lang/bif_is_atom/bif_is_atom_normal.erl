%% is_atom: normal.
-module(bif_is_atom_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_atom(id(a)) end),  % expect: true
    show(fun() -> is_atom(id(true)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% atom_to_binary: error.
-module(bif_atom_to_binary_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> atom_to_binary(id(1)) end),  % expect: error badarg
    show(fun() -> atom_to_binary(id('日本'), latin1) end),  % expect: error badarg
    show(fun() -> atom_to_binary(id(a), id(nosuch)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

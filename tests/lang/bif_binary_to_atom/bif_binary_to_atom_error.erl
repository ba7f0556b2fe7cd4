%% binary_to_atom: error.
-module(bif_binary_to_atom_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_atom(id(<<255>>)) end),  % expect: error badarg
    show(fun() -> binary_to_atom(id(a)) end),  % expect: error badarg
    show(fun() -> binary_to_atom(id(<<1:1>>)) end),  % expect: error badarg
    show(fun() -> binary_to_atom(list_to_binary(lists:duplicate(256, $a))) end).  % expect: error system_limit

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

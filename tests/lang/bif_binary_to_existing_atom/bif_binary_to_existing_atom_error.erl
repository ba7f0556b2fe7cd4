%% binary_to_existing_atom: error.
-module(bif_binary_to_existing_atom_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_existing_atom(id(<<"no such atom at all qq">>)) end),  % expect: error badarg
    show(fun() -> binary_to_existing_atom(id(1)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% binary_to_existing_atom: edge.
-module(bif_binary_to_existing_atom_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_existing_atom(id(<<"start">>), latin1) end).  % expect: start

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

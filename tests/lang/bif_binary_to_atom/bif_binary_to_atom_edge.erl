%% binary_to_atom: edge.
-module(bif_binary_to_atom_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_atom(id(<<>>)) end),  % expect: ''
    show(fun() -> binary_to_atom(id(<<"å"/utf8>>)) end),  % expect: å
    show(fun() -> binary_to_atom(id(<<229>>), latin1) end).  % expect: å

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

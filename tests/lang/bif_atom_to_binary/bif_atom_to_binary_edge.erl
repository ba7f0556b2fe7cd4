%% atom_to_binary: edge.
-module(bif_atom_to_binary_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> atom_to_binary(id('')) end),  % expect: <<>>
    show(fun() -> atom_to_binary(id('åäö')) end),  % expect: <<"Ã¥Ã¤Ã¶">>
    show(fun() -> atom_to_binary(id('åäö'), latin1) end),  % expect: <<"åäö">>
    show(fun() -> atom_to_binary(id('日本'), unicode) end).  % expect: <<230,151,165,230,156,172>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

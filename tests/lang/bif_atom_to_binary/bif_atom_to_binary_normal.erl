%% atom_to_binary: normal.
-module(bif_atom_to_binary_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> atom_to_binary(id(hello)) end),  % expect: <<"hello">>
    show(fun() -> atom_to_binary(id(hello), utf8) end).  % expect: <<"hello">>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

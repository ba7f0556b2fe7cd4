%% binary_to_atom: normal.
-module(bif_binary_to_atom_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_atom(id(<<"hello">>)) end),  % expect: hello
    show(fun() -> binary_to_atom(id(<<"a b">>), utf8) end).  % expect: 'a b'

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% bitstring_to_list: edge.
-module(bif_bitstring_to_list_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> bitstring_to_list(id(<<>>)) end),  % expect: []
    show(fun() -> bitstring_to_list(id(<<1:1>>)) end).  % expect: [<<1:1>>]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

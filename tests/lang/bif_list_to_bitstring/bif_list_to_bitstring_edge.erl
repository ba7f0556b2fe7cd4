%% list_to_bitstring: edge.
-module(bif_list_to_bitstring_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_bitstring(id([])) end),  % expect: <<>>
    show(fun() -> list_to_bitstring(id([[],[[]]])) end),  % expect: <<>>
    show(fun() -> list_to_bitstring(id([<<1:1>>|<<1:1>>])) end).  % expect: <<3:2>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

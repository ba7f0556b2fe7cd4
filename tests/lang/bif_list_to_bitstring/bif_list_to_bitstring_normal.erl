%% list_to_bitstring: normal.
-module(bif_list_to_bitstring_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_bitstring(id([1,2,<<3:3>>])) end),  % expect: <<1,2,3:3>>
    show(fun() -> list_to_bitstring(id([<<1:1>>,<<2:2>>])) end).  % expect: <<6:3>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

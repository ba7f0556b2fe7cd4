%% bitstring_to_list: normal.
-module(bif_bitstring_to_list_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> bitstring_to_list(id(<<1,2,3>>)) end),  % expect: [1,2,3]
    show(fun() -> bitstring_to_list(id(<<1,2,3:3>>)) end).  % expect: [1,2,<<3:3>>]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

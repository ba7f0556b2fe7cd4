%% bit_size: edge.
-module(bif_bit_size_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> bit_size(id(<<>>)) end),  % expect: 0
    show(fun() -> bit_size(id(<<0:1001>>)) end).  % expect: 1001

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

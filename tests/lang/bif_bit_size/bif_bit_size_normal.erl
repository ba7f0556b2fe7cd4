%% bit_size: normal.
-module(bif_bit_size_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> bit_size(id(<<1,2>>)) end),  % expect: 16
    show(fun() -> bit_size(id(<<1:3>>)) end).  % expect: 3

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

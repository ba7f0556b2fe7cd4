%% byte_size: normal.
-module(bif_byte_size_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> byte_size(id(<<1,2>>)) end),  % expect: 2
    show(fun() -> byte_size(id(<<1:3>>)) end).  % expect: 1

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

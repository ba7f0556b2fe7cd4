%% byte_size: edge.
-module(bif_byte_size_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> byte_size(id(<<>>)) end),  % expect: 0
    show(fun() -> byte_size(id(<<0:1001>>)) end).  % expect: 126

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

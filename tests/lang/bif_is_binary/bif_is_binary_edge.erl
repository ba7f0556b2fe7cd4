%% is_binary: edge.
-module(bif_is_binary_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_binary(id(<<1:7>>)) end),  % expect: false
    show(fun() -> is_binary(id(<<0:800>>)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

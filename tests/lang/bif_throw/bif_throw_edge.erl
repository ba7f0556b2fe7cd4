%% throw: edge.
-module(bif_throw_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> throw(id([])) end),  % expect: throw []
    show(fun() -> throw(id(<<>>)) end).  % expect: throw <<>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% apply_3: edge.
-module(bif_apply_3_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> apply(id(erlang), id(self), id([])) =:= self() end),  % expect: true
    show(fun() -> apply(id(erlang), id(apply), id([lists, max, [[1,5,2]]])) end).  % expect: 5

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

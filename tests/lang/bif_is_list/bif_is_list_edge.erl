%% is_list: edge.
-module(bif_is_list_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_list(id([1|2])) end),  % expect: true
    show(fun() -> is_list(id("")) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% list_to_tuple: edge.
-module(bif_list_to_tuple_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_tuple(id([])) end),  % expect: {}
    show(fun() -> tuple_size(list_to_tuple(lists:seq(1,1000))) end).  % expect: 1000

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

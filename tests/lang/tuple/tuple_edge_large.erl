%% tuple: edge, large.
% gc-stress: 5000
-module(tuple_edge_large).
-export([start/0, id/1]).

start() ->
    show(fun() -> tuple_size(list_to_tuple(lists:seq(1, 5000))) end),  % expect: 5000
    show(fun() -> element(5000, list_to_tuple(lists:seq(1, 5000))) end).  % expect: 5000

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

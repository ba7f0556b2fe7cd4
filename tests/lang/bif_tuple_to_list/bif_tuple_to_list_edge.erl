%% tuple_to_list: edge.
-module(bif_tuple_to_list_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> tuple_to_list(id({})) end).  % expect: []

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

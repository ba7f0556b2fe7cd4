%% delete_element: edge.
-module(bif_delete_element_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:delete_element(1, id({a})) end).  % expect: {}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

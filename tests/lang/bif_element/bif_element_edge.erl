%% element: edge.
-module(bif_element_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> element(id(3), id({1,2,3})) end),  % expect: 3
    show(fun() -> element(1, id({{}})) end).  % expect: {}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% insert_element: edge.
-module(bif_insert_element_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:insert_element(1, id({}), b) end),  % expect: {b}
    show(fun() -> erlang:insert_element(3, id({a,b}), c) end).  % expect: {a,b,c}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

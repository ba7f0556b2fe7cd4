%% append_element: edge.
-module(bif_append_element_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:append_element({1,2,3}, {4}) end).  % expect: {1,2,3,{4}}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% subtract_list: edge.
-module(bif_subtract_list_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id([]) -- id([1]) end),  % expect: []
    show(fun() -> id([1,2]) -- id([2,1,1]) end),  % expect: []
    show(fun() -> id([1,1.0]) -- id([1.0]) end).  % expect: [1]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

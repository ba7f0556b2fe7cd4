%% lists_reverse_2: edge.
-module(bif_lists_reverse_2_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:reverse([], x) end),  % expect: x
    show(fun() -> lists:reverse([]) end).  % expect: []

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

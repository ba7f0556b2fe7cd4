%% lists_keyfind: edge.
-module(bif_lists_keyfind_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:keyfind(1, 1, [{1.0,x}]) end),  % expect: {1.0,x}
    show(fun() -> lists:keyfind(a, 2, [x,{y},{z,a}]) end).  % expect: {z,a}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% lists_keysearch: edge.
-module(bif_lists_keysearch_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:keysearch(2, 2, [{1},{1,2}]) end).  % expect: {value,{1,2}}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

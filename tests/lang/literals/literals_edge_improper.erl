%% literals: edge, improper.
-module(literals_edge_improper).
-export([start/0, id/1]).

start() ->
    show(fun() -> [1|2] end),  % expect: [1|2]
    show(fun() -> [a,b|c] end),  % expect: [a,b|c]
    show(fun() -> [[]|[]] end).  % expect: [[]]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% list: normal.
-module(list_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> [1,2|[3]] end),  % expect: [1,2,3]
    show(fun() -> [[], [[]]] end),  % expect: [[],[[]]]
    show(fun() -> [a|b] end).  % expect: [a|b]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

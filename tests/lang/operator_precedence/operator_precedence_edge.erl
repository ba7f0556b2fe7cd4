%% operator precedence: edge.
-module(operator_precedence_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> [1] ++ [2] ++ [3] -- [3] end),  % expect: [1,2]
    show(fun() -> 1 bsl 2 + 3 end),  % expect: 7
    show(fun() -> 1 < 2 andalso 2 < 3 end),  % expect: true
    show(fun() -> bnot 1 band 3 end),  % expect: 2
    show(fun() -> - - 2 end),  % expect: 2
    show(fun() -> 1 - -1 end),  % expect: 2
    show(fun() -> [1,2,3] -- [1] -- [1] end).  % expect: [1,2,3]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% fun: edge, variable mfa.
-module(fun_edge_variable_mfa).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin M = id(lists), F = id(reverse), G = fun M:F/1, G([1,2]) end end),  % expect: [2,1]
    show(fun() -> begin A = id(2), G = fun lists:append/A, G([1],[2]) end end).  % expect: [1,2]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

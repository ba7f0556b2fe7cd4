%% try: edge, deep unwinding.
% gc-stress: 5000
-module(try_edge_deep_unwinding).
-export([start/0, id/1]).

deep(0) -> throw(bottom); deep(N) -> 1 + deep(N - 1).

start() ->
    show(fun() -> catch deep(10000) end).  % expect: bottom

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% map: edge, bound key.
-module(map_edge_bound_key).
-export([start/0, id/1]).

f(K, M) -> case M of #{K := V} -> {ok, V}; _ -> none end.

start() ->
    show(fun() -> f(a, #{a => 1}) end),  % expect: {ok,1}
    show(fun() -> f({1}, #{{1} => q}) end),  % expect: {ok,q}
    show(fun() -> f(z, #{a => 1}) end).  % expect: none

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

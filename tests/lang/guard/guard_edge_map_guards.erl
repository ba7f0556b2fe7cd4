%% guard: edge, map guards.
-module(guard_edge_map_guards).
-export([start/0, id/1]).

f(M, K) when is_map_key(K, M), map_get(K, M) > 1 -> yes; f(_, _) -> no.

start() ->
    show(fun() -> f(#{a => 2}, a) end),  % expect: yes
    show(fun() -> f(#{a => 1}, a) end),  % expect: no
    show(fun() -> f(#{}, a) end),  % expect: no
    show(fun() -> f(x, a) end).  % expect: no

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

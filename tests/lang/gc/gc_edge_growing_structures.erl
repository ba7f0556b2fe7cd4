%% gc: edge, growing structures.
% gc-stress: 5000
-module(gc_edge_growing_structures).
-export([start/0, id/1]).

build(0, A) -> A; build(N, A) -> build(N - 1, [{N, integer_to_list(N), <<N:32>>, #{n => N}} | A]).

start() ->
    show(fun() -> begin L = build(20000, []), {length(L), element(1, hd(L)), element(2, lists:last(L))} end end).  % expect: {20000,1,"20000"}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

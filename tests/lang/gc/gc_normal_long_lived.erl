%% gc: normal, long lived.
% gc-stress: 5000
-module(gc_normal_long_lived).
-export([start/0, id/1]).

keep(0, _) -> ok; keep(N, L) -> _ = lists:seq(1, 100), keep(N - 1, L).

start() ->
    show(fun() -> begin L = lists:seq(1, 1000), keep(1000, L), lists:sum(L) end end).  % expect: 500500

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

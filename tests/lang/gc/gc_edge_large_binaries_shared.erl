%% gc: edge, large binaries shared.
% gc-stress: 5000
-module(gc_edge_large_binaries_shared).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin B = binary:copy(<<1>>, 1000000), L = [binary:part(B, I, 10) || I <- lists:seq(0, 999)], garbage_collect(), byte_size(hd(L)) end end).  % expect: 10

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

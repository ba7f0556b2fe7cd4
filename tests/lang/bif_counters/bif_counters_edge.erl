%% counters: edge.
-module(bif_counters_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin C = counters:new(1, [write_concurrency]), counters:sub(C, 1, 3), counters:get(C, 1) end end),  % expect: -3
    show(fun() -> begin C = counters:new(1, []), counters:put(C, 1, 7), maps:get(size, counters:info(C)) end end).  % expect: 1

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

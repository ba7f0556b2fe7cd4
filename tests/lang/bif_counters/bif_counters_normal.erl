%% counters: normal.
-module(bif_counters_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin C = counters:new(2, []), counters:add(C, 1, 5), counters:get(C, 1) end end).  % expect: 5

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

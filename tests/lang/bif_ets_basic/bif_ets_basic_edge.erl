%% ets_basic: edge.
-module(bif_ets_basic_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin T = ets:new(t, [ordered_set]), ets:insert(T, [{X} || X <- [3,1,2]]), ets:tab2list(T) end end),  % expect: [{1},{2},{3}]
    show(fun() -> begin T = ets:new(t, []), ets:lookup(T, x) end end),  % expect: []
    show(fun() -> begin T = ets:new(t, []), ets:insert(T, {c, 1}), ets:update_counter(T, c, 5) end end).  % expect: 6

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

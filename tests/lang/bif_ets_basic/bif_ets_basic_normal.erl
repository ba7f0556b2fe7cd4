%% ets_basic: normal.
-module(bif_ets_basic_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin T = ets:new(t, []), ets:insert(T, {a,1}), ets:lookup(T, a) end end),  % expect: [{a,1}]
    show(fun() -> begin T = ets:new(t, [bag]), ets:insert(T, {a,1}), ets:insert(T, {a,2}), ets:lookup(T, a) end end).  % expect: [{a,1},{a,2}]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

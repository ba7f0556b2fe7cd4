%% ets_basic: error.
-module(bif_ets_basic_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> ets:lookup(nosuchtab, a) end),  % expect: error badarg
    show(fun() -> ets:insert(nosuchtab, {a}) end),  % expect: error badarg
    show(fun() -> begin T = ets:new(t, []), ets:insert(T, {}) end end),  % expect: error badarg
    show(fun() -> ets:new(t, [bad]) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

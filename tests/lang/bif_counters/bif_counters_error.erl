%% counters: error.
-module(bif_counters_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> counters:new(0, []) end),  % expect: error badarg
    show(fun() -> counters:get(counters:new(1, []), 2) end),  % expect: error badarg
    show(fun() -> counters:get(id(a), 1) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

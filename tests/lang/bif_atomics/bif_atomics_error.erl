%% atomics: error.
-module(bif_atomics_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> atomics:new(-1, []) end),  % expect: error badarg
    show(fun() -> atomics:get(atomics:new(1, []), 0) end),  % expect: error badarg
    show(fun() -> atomics:put(atomics:new(1,[]), 1, id(a)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% atomics: normal.
-module(bif_atomics_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin A = atomics:new(2, []), atomics:put(A, 1, 5), atomics:add_get(A, 1, 2) end end).  % expect: 7

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

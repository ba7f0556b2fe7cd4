%% atomics: edge.
-module(bif_atomics_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin A = atomics:new(1, [{signed,false}]), atomics:sub(A, 1, 1), atomics:get(A, 1) end end),  % expect: 18446744073709551615
    show(fun() -> begin A = atomics:new(1, []), {atomics:compare_exchange(A, 1, 0, 9), atomics:compare_exchange(A, 1, 0, 8), atomics:exchange(A, 1, 4)} end end).  % expect: {ok,9,9}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% fun: edge, named recursive.
-module(fun_edge_named_recursive).
-export([start/0, id/1]).

start() ->
    show(fun() -> (fun Fac(0) -> 1; Fac(N) -> N * Fac(N - 1) end)(10) end),  % expect: 3628800
    show(fun() -> begin F = fun Loop([]) -> done; Loop([_|T]) -> Loop(T) end, F(lists:seq(1, 1000)) end end).  % expect: done

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

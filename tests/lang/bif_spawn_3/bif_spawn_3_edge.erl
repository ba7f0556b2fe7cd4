%% spawn_3: edge.
-module(bif_spawn_3_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin P = spawn(lists, reverse, [[1]]), is_pid(P) end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

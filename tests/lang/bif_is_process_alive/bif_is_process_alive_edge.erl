%% is_process_alive: edge.
-module(bif_is_process_alive_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin P = spawn(fun() -> ok end), R = monitor(process, P), receive {'DOWN', R, _, _, _} -> ok end, is_process_alive(P) end end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

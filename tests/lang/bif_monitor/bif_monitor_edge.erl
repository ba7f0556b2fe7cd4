%% monitor: edge.
-module(bif_monitor_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin M = monitor(process, nosuchname), receive {'DOWN', M, process, W, R} -> {W, R} end end end),  % expect: {{nosuchname,nonode@nohost},noproc}
    show(fun() -> begin M = monitor(process, self()), is_reference(M) end end),  % expect: true
    show(fun() -> begin P = spawn(fun() -> receive after infinity -> ok end end), M = monitor(process, P, [{tag, t}]), exit(P, kill), receive {t, M, process, P, R} -> R end end end).  % expect: killed

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% demonitor: edge.
-module(bif_demonitor_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin M = monitor(process, nosuchname), demonitor(M, [flush]), receive {'DOWN', M, _, _, _} -> got after 0 -> none end end end),  % expect: none
    show(fun() -> demonitor(make_ref(), [info]) end),  % expect: false
    show(fun() -> begin P = spawn(fun() -> receive after infinity -> ok end end), M = monitor(process, P), demonitor(M, [info, flush]) end end),  % expect: true
    show(fun() -> begin M = monitor(process, spawn(fun() -> receive after infinity -> ok end end)), [demonitor(M, [info, flush]) || _ <- [1, 2]] end end).  % expect: [true,false]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

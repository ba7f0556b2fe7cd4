%% process: edge, exit reason of error.
-module(process_edge_exit_reason_of_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {P, M} = spawn_monitor(fun() -> receive go -> ok end, exit({shutdown, x}) end), P ! go, receive {'DOWN', M, _, _, R} -> R end end end),  % expect: {shutdown,x}
    show(fun() -> begin {P, M} = spawn_monitor(fun() -> receive go -> ok end, throw(uncaught) end), process_flag(trap_exit, true), group_leader(P, P), P ! go, receive {'DOWN', M, _, _, {{nocatch, uncaught}, S}} -> is_list(S) end end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

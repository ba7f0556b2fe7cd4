%% link_unlink: error.
-module(bif_link_unlink_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> link(id(a)) end),  % expect: error badarg
    show(fun() -> unlink(id(a)) end),  % expect: error badarg
    show(fun() -> begin process_flag(trap_exit, true), P = spawn(fun() -> ok end), M = monitor(process, P), receive {'DOWN', M, _, _, _} -> ok end, link(P), receive {'EXIT', P, R} -> R end end end).  % expect: noproc

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

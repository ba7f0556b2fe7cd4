%% link_unlink: normal.
-module(bif_link_unlink_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin process_flag(trap_exit, true), P = spawn(fun() -> receive stop -> exit(done) end end), link(P), P ! stop, receive {'EXIT', P, R} -> R end end end).  % expect: done

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

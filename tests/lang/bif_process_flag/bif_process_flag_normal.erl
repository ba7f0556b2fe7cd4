%% process_flag: normal.
-module(bif_process_flag_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> process_flag(trap_exit, true) end),  % expect: false
    show(fun() -> process_flag(trap_exit, false) end),  % expect: true
    show(fun() -> process_flag(priority, high) end).  % expect: normal

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

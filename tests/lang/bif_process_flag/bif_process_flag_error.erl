%% process_flag: error.
-module(bif_process_flag_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> process_flag(id(nosuch), true) end),  % expect: error badarg
    show(fun() -> process_flag(trap_exit, id(1)) end),  % expect: error badarg
    show(fun() -> process_flag(priority, id(urgent)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

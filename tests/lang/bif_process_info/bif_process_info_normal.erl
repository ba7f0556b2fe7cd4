%% process_info: normal.
-module(bif_process_info_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> process_info(self(), trap_exit) end),  % expect: {trap_exit,false}
    show(fun() -> process_info(self(), message_queue_len) end),  % expect: {message_queue_len,0}
    show(fun() -> process_info(self(), links) end),  % expect: {links,[]}
    show(fun() -> process_info(self(), registered_name) end).  % expect: []

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% check_process_code: normal.
-module(bif_check_process_code_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:check_process_code(self(), lists) end),  % expect: false
    show(fun() -> erlang:check_old_code(lists) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

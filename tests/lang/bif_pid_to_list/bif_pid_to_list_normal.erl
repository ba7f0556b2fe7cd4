%% pid_to_list: normal.
-module(bif_pid_to_list_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> hd(pid_to_list(self())) end),  % expect: 60
    show(fun() -> lists:last(pid_to_list(self())) end).  % expect: 62

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% monitor: error.
-module(bif_monitor_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> monitor(id(bad), self()) end),  % expect: error badarg
    show(fun() -> monitor(process, id(1)) end),  % expect: error badarg
    show(fun() -> monitor(process, self(), [bad]) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

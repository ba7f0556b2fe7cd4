%% processes: error.
-module(bif_processes_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> length(processes()) > 1 end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

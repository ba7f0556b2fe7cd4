%% trace_running: error.
-module(trace_running_error).
-export([start/0]).

start() ->
    show(fun() -> erlang:trace(self(), true, [running, nonsense]) end),  % expect: error badarg
    show(fun() -> erlang:trace(self(), true, running) end),  % expect: error badarg
    show(fun() -> erlang:trace(self(), true, [exiting | running]) end).  % expect: error badarg

show(F) ->
    try F() of
        V -> io:format("~w~n", [V])
    catch
        C:R -> io:format("~w ~w~n", [C, R])
    end.

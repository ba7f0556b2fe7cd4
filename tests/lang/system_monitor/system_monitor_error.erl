%% system_monitor: error.
-module(system_monitor_error).
-export([start/0]).

start() ->
    show(fun() -> erlang:system_monitor(self(), [foo]) end),  % expect: error badarg
    show(fun() -> erlang:system_monitor(self(), [{long_gc, -1}]) end),  % expect: error badarg
    show(fun() -> erlang:system_monitor(self(), [{long_gc, a}]) end),  % expect: error badarg
    show(fun() -> erlang:system_monitor(self(), {long_gc, 1}) end),  % expect: error badarg
    show(fun() -> erlang:system_monitor(foo, [busy_port]) end),  % expect: error badarg
    show(fun() -> erlang:system_monitor(foo) end),  % expect: error badarg
    show(fun() -> erlang:system_monitor(list_to_pid("<0.9999.0>"), [busy_port]) end),  % expect: error badarg
    show(fun() -> erlang:system_profile(self(), [foo]) end),  % expect: error badarg
    show(fun() -> erlang:system_profile(foo, [scheduler]) end),  % expect: error badarg
    show(fun() -> erlang:system_profile(self(), foo) end).  % expect: error badarg

show(F) ->
    try F() of
        V -> io:format("~w~n", [V])
    catch
        C:R -> io:format("~w ~w~n", [C, R])
    end.

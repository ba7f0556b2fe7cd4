%% system_flag: edge.
-module(bif_system_flag_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:system_flag(backtrace_depth, 8) end).  % expect: 8

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

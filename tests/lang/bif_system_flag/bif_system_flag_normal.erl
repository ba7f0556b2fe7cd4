%% system_flag: normal.
-module(bif_system_flag_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_integer(erlang:system_flag(backtrace_depth, 8)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

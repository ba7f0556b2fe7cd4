%% system_time: normal.
-module(bif_system_time_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_integer(erlang:system_time()) end),  % expect: true
    show(fun() -> erlang:system_time(second) > 1600000000 end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

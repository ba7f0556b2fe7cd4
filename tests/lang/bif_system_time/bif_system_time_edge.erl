%% system_time: edge.
-module(bif_system_time_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> abs(erlang:system_time(millisecond) - erlang:system_time(microsecond) div 1000) < 1000 end),  % expect: true
    show(fun() -> is_integer(erlang:time_offset()) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% monotonic_time: edge.
-module(bif_monotonic_time_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_integer(erlang:monotonic_time(nanosecond)) end),  % expect: true
    show(fun() -> is_integer(erlang:monotonic_time(1000)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

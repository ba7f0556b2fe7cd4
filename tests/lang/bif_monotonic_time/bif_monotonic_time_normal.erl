%% monotonic_time: normal.
-module(bif_monotonic_time_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_integer(erlang:monotonic_time()) end),  % expect: true
    show(fun() -> begin A = erlang:monotonic_time(), B = erlang:monotonic_time(), B >= A end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

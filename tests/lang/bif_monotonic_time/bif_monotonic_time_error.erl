%% monotonic_time: error.
-module(bif_monotonic_time_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:monotonic_time(id(bad)) end),  % expect: error badarg
    show(fun() -> erlang:monotonic_time(id(0)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% read_timer: edge.
-module(bif_read_timer_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:read_timer(make_ref()) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

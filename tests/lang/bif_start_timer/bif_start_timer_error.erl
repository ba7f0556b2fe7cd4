%% start_timer: error.
-module(bif_start_timer_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:start_timer(id(-5), self(), x) end),  % expect: error badarg
    show(fun() -> erlang:start_timer(1, self(), x, [bad]) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% cancel_timer: error.
-module(bif_cancel_timer_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:cancel_timer(id(a)) end),  % expect: error badarg
    show(fun() -> erlang:cancel_timer(make_ref(), [bad]) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

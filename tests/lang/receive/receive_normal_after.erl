%% receive: normal, after.
-module(receive_normal_after).
-export([start/0, id/1]).

start() ->
    show(fun() -> receive never -> no after 1 -> timed_out end end),  % expect: timed_out
    show(fun() -> receive never -> no after 0 -> at_once end end).  % expect: at_once

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

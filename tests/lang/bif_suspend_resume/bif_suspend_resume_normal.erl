%% suspend_resume: normal.
-module(bif_suspend_resume_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin P = spawn(fun() -> receive {S, m} -> S ! answered end end), erlang:suspend_process(P), P ! {self(), m}, A = receive answered -> early after 20 -> quiet end, erlang:resume_process(P), receive answered -> {A, later} end end end).  % expect: {quiet,later}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

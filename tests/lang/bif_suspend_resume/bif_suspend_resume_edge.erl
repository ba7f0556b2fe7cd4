%% suspend_resume: edge.
-module(bif_suspend_resume_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin P = spawn(fun() -> receive after infinity -> ok end end), {erlang:suspend_process(P, [unless_suspending]), erlang:suspend_process(P, [unless_suspending]), erlang:resume_process(P)} end end).  % expect: {true,false,true}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

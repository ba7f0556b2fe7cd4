%% suspend_resume: error.
-module(bif_suspend_resume_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:suspend_process(self()) end),  % expect: error badarg
    show(fun() -> erlang:resume_process(spawn(fun() -> receive after infinity -> ok end end)) end),  % expect: error badarg
    show(fun() -> erlang:suspend_process(id(a)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% process_info: the repeated frames of a recursion are one in current_stacktrace.
-module(stacktrace_of_recursion).
-export([start/0, deep/2]).

start() ->
    show(fun() -> names(deep(100, fun() -> element(2, process_info(self(), current_stacktrace)) end)) end),  % expect: [{deep,2}]
    show(fun() -> waiting() end).  % expect: [{deep,2}]

deep(0, F) -> F();
deep(N, F) ->
    Result = deep(N - 1, F),
    true = is_list(Result),
    Result.

waiting() ->
    Me = self(),
    {Pid, Monitor} = spawn_monitor(fun() -> deep(100, fun() -> Me ! ready, receive stop -> [] end end) end),
    receive ready -> ok end,
    wait_until(Pid, waiting),
    {current_stacktrace, Frames} = process_info(Pid, current_stacktrace),
    Pid ! stop,
    receive {'DOWN', Monitor, _, _, _} -> ok end,
    [Name || {M, F, _, _} = Frame <- Frames, M =:= ?MODULE, F =:= deep, Name <- names([Frame])].

wait_until(Pid, Status) ->
    case process_info(Pid, status) of
        {status, Status} -> ok;
        _ -> erlang:yield(), wait_until(Pid, Status)
    end.

names(Frames) -> [{F, A} || {M, F, A, _} <- Frames, M =:= ?MODULE, F =:= deep].

show(F) -> io:format("~p~n", [F()]).

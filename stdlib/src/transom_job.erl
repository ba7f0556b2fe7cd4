%% One job of a console: the group leader of a shell, and of all that the shell starts. It serves the I/O protocol (group) and passes frames to
%% the process that has the client (transom_control), which lets only the connected job through: the others wait there with their output.
-module(transom_job).

-export([start/3, input/2, set/2, stop/1]).

%% Starts a shell {M, F, A} for the calling process; it is told {job_ended, Job, Reason} when the shell has ended. Ends with its starter.
-spec start({module(), atom(), [term()]}, map(), map()) -> pid().
start(Shell, Context, Sizes) ->
    Control = self(),
    spawn_link(fun() -> init(Control, Shell, Context, Sizes) end).

%% What was typed for it: {ok, Binary} or eof.
input(Job, Data) -> Job ! {input, Data}.

%% Another size of the window.
set(Job, Options) -> Job ! {set, Options}.

%% Ends the shell, its evaluator (which may trap exits) and the job.
-spec stop(pid()) -> ok.
stop(Job) ->
    unlink(Job),
    Shell = entry(Job, shell),
    Evaluator = case is_pid(Shell) of true -> entry(Shell, evaluator); false -> none end,
    %% The job last: it may be the caller.
    [exit(Pid, kill) || Pid <- [Evaluator, Shell, Job], is_pid(Pid)],
    ok.

entry(Pid, Key) ->
    case process_info(Pid, dictionary) of
        {dictionary, D} -> proplists:get_value(Key, D, none);
        undefined -> none
    end.

init(Control, {M, F, A}, Context, Sizes) ->
    process_flag(trap_exit, true),
    Self = self(),
    group_leader(Self, Self),
    {Shell, Ref} = spawn_monitor(fun() ->
        group_leader(Self, self()),
        put('$transom_client', Context),
        apply(M, F, A)
    end),
    put(shell, Shell),
    loop(group:new({channel, {job, Control}}, Sizes), Control, Ref).

loop(Io, Control, Ref) ->
    receive
        {io_request, From, As, Request} when is_pid(From) -> loop(group:request(From, As, Request, Io), Control, Ref);
        {input, Data} -> loop(group:input(Data, Io), Control, Ref);
        {set, Options} -> loop(group:set(Options, Io), Control, Ref);
        {'DOWN', Ref, process, _, Reason} ->
            Control ! {job_ended, self(), Reason},
            loop(Io, Control, Ref);
        {'EXIT', Control, _} -> stop(self());
        _ -> loop(Io, Control, Ref)
    end.

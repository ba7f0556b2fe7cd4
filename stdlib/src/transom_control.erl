%% One process for each client of the control socket. It is the group leader of a command; a console's jobs (transom_jobs) have leaders of
%% their own. What the client runs here goes when the client does.
%%
%% The conversation is a sequence of frames (transom_control.hrl). The client sends what it wants; input is sent only when asked for, so
%% nobody can flood this process; output waits in a bounded queue, and a slow reader holds those who print to it.
-module(transom_control).

-export([client/1, context/0, argument_error/2]).

-include("transom_control.hrl").

-record(st, {
    id,                   % of the channel
    io = none,            % a command's device; a console's jobs have their own
    mode,
    main = none,          % the process of a command
    ref = none,
    jobs = none,          % of a console: transom_jobs
    context = #{},
    status = 0
}).

%% How long a client may take to say what it wants.
-define(PATIENCE, 10000).

client(Id) ->
    process_flag(trap_exit, true),
    _ = booted(500),
    case prim_channel:own(Id) of
        true ->
            receive
                {channel, Id, ?START, Bin} ->
                    prim_channel:ack(Id, byte_size(Bin)),
                    start(Id, Bin);
                {channel, Id, closed} -> ok
            after ?PATIENCE -> prim_channel:close(Id)
            end;
        false -> ok
    end.

%% A client can be faster than the start of the system.
booted(0) -> false;
booted(N) ->
    case whereis(init) of
        undefined ->
            receive after 10 -> booted(N - 1) end;
        _ -> true
    end.

%% Mode, current directory, columns, rows, flags (i: stdin is a terminal, o: stdout is, c: colours are wanted, u: it is this program's own
%% terminal), then the command and its arguments.
start(Id, Bin) ->
    case [text(B) || B <- binary:split(Bin, <<0>>, [global])] of
        [Mode, Cwd, Columns, Rows, Flags | Args] ->
            Terminal = {lists:member($i, Flags), lists:member($o, Flags)},
            Context = #{cwd => Cwd, columns => number(Columns), rows => number(Rows), terminal => Terminal, colours => lists:member($c, Flags)},
            group_leader(self(), self()),
            lists:member($u, Flags) andalso (whereis(user) ! {console, self()}),
            run(Mode, Args, #st{id = Id, mode = Mode, context = Context});
        _ -> prim_channel:close(Id)
    end.

text(B) ->
    case unicode:characters_to_list(B) of
        L when is_list(L) -> L;
        _ -> binary_to_list(B)
    end.

number(T) ->
    try list_to_integer(T) of
        N when N > 0 -> N;
        _ -> none
    catch error:badarg -> none
    end.

sizes(#{columns := C, rows := R, terminal := T}) -> #{columns => C, rows => R, terminal => T}.

run("console", _, #st{id = Id, context = Context} = St) -> loop(St#st{jobs = transom_jobs:new(Id, Context, sizes(Context))});
run("command", [Name | Args], #st{id = Id, context = Context} = St) ->
    Self = self(),
    {Pid, Ref} = spawn_monitor(fun() ->
        group_leader(Self, self()),
        put('$transom_client', Context),
        exit({?MODULE, status, transom_command:run(Name, Args)})
    end),
    loop(St#st{main = Pid, ref = Ref, io = group:new({channel, Id}, sizes(Context))});
run(_, _, #st{id = Id} = St) ->
    group:put_out({channel_error, Id}, unicode, "unknown request\n"),
    finish(St#st{status = 2}).

loop(#st{id = Id, io = Io, ref = Ref, jobs = Jobs} = St) ->
    receive
        {io_request, From, As, Request} when is_pid(From), Jobs =:= none ->
            loop(St#st{io = group:request(From, As, Request, Io)});
        {channel, Id, closed} -> stop_all(St);
        {channel, Id, ready} when Jobs =/= none -> after_jobs(transom_jobs:ready(Jobs), St);
        {channel, Id, Kind, Bin} ->
            prim_channel:ack(Id, byte_size(Bin)),
            frame(Kind, Bin, St);
        {'DOWN', Ref, process, _, Reason} when Jobs =:= none -> ended(Reason, St);
        {job_frame, _, _, _, _} = Frame when Jobs =/= none -> after_jobs(transom_jobs:frame(Frame, Jobs), St);
        {job_ended, Job, Reason} when Jobs =/= none -> after_jobs(transom_jobs:ended(Job, Reason, Jobs), St);
        {'EXIT', Job, Reason} when Jobs =/= none -> after_jobs(transom_jobs:ended(Job, Reason, Jobs), St);
        _ -> loop(St)
    end.

after_jobs({quit, Jobs}, St) -> finish(St#st{jobs = Jobs});
after_jobs({closed, Jobs}, St) -> stop_all(St#st{jobs = Jobs});
after_jobs(Jobs, St) -> loop(St#st{jobs = Jobs}).

frame(?COMPLETE, <<Number:32, Text/binary>>, #st{jobs = Jobs, id = Id} = St) when Jobs =/= none ->
    %% Asked in a process of its own: modules may have to be loaded for it.
    Shell = transom_jobs:shell(Jobs),
    spawn(fun() ->
        {Length, Candidates} = transom_complete:candidates(text(Text), Shell),
        Lines = lists:join($\n, [[C, $\t, Note] || {C, Note} <- Candidates]),
        Data = [<<Number:32, Length:32>>, unicode:characters_to_binary(Lines)],
        prim_channel:write(Id, ?CANDIDATES, Data)
    end),
    loop(St);
frame(Kind, Bin, #st{jobs = Jobs} = St) when Jobs =/= none -> after_jobs(transom_jobs:client(Kind, Bin, Jobs), St);
frame(?INPUT, Bin, St) -> loop(St#st{io = group:input({ok, Bin}, St#st.io)});
frame(?EOF, _, St) -> loop(St#st{io = group:input(eof, St#st.io)});
frame(?RESIZE, <<Columns:16, Rows:16>>, St) -> loop(St#st{io = group:set(#{columns => Columns, rows => Rows}, St#st.io)});
frame(_, _, St) -> loop(St).

%% A command has ended.
ended({?MODULE, status, Status}, St) -> finish(St#st{status = Status});
ended(normal, St) -> finish(St);
ended(Reason, #st{id = Id} = St) ->
    group:put_out({channel_error, Id}, unicode, io_lib:format("the command ended: ~tp~n", [Reason])),
    finish(St#st{status = 1}).

finish(#st{id = Id, status = Status} = St) ->
    stop_all(St),
    _ = prim_channel:write(Id, ?EXIT, <<Status>>),
    prim_channel:close(Id).

stop_all(#st{jobs = Jobs}) when Jobs =/= none -> transom_jobs:stop(Jobs);
stop_all(#st{main = Pid, ref = Ref}) when is_pid(Pid) ->
    demonitor(Ref, [flush]),
    exit(Pid, kill);
stop_all(_) -> ok.

%% What the client of the calling command is like: cwd, columns, rows, terminal. Empty where there is no client.
context() ->
    case get('$transom_client') of
        undefined -> #{};
        Context -> Context
    end.

%% For commands: wrong arguments end with status 2.
argument_error(Format, Args) ->
    transom_command:error(Format, Args),
    2.

%% One process for each client of the control socket: it is the group leader of what the client runs here, a console's shell or a
%% command, and takes it along when the client goes away.
%%
%% The conversation is a sequence of frames (transom_control.hrl). The client sends what it wants; input is sent only when asked for, so
%% nobody can flood this process; output waits in a bounded queue, and a slow reader holds those who print to it.
-module(transom_control).

-export([client/1, context/0, argument_error/2]).

-include("transom_control.hrl").

-record(st, {id, io, mode, main = none, ref = none, context = #{}, status = 0}).

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

%% Mode, current directory, columns, rows, flags (i: stdin is a terminal, o: stdout is), then the command and its arguments.
start(Id, Bin) ->
    case [text(B) || B <- binary:split(Bin, <<0>>, [global])] of
        [Mode, Cwd, Columns, Rows, Flags | Args] ->
            Terminal = {lists:member($i, Flags), lists:member($o, Flags)},
            Context = #{cwd => Cwd, columns => number(Columns), rows => number(Rows), terminal => Terminal},
            Io = group:new({channel, Id}, sizes(Context)),
            group_leader(self(), self()),
            run(Mode, Args, #st{id = Id, io = Io, mode = Mode, context = Context});
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

run("console", _, St) -> loop(shell(St));
run("command", [Name | Args], #st{context = Context} = St) ->
    Self = self(),
    {Pid, Ref} = spawn_monitor(fun() ->
        group_leader(Self, self()),
        put('$transom_client', Context),
        exit({?MODULE, status, transom_command:run(Name, Args)})
    end),
    loop(St#st{main = Pid, ref = Ref});
run(_, _, #st{id = Id} = St) ->
    group:put_out({channel_error, Id}, unicode, "unknown request\n"),
    finish(St#st{status = 2}).

shell(St) ->
    Self = self(),
    Context = St#st.context,
    {Pid, Ref} = spawn_monitor(fun() ->
        group_leader(Self, self()),
        put('$transom_client', Context),
        %% The client may go away while it starts.
        try shell:server(client)
        catch error:terminated -> ok
        end
    end),
    St#st{main = Pid, ref = Ref}.

loop(#st{id = Id, io = Io, ref = Ref} = St) ->
    receive
        {io_request, From, As, Request} when is_pid(From) -> loop(St#st{io = group:request(From, As, Request, Io)});
        {channel, Id, closed} -> abandon(St);
        {channel, Id, ready} -> loop(St);
        {channel, Id, Kind, Bin} ->
            prim_channel:ack(Id, byte_size(Bin)),
            loop(frame(Kind, Bin, St));
        {'DOWN', Ref, process, _, Reason} -> ended(Reason, St);
        _ -> loop(St)
    end.

frame(?INPUT, Bin, St) -> St#st{io = group:input({ok, Bin}, St#st.io)};
frame(?EOF, _, St) -> St#st{io = group:input(eof, St#st.io)};
frame(?INTERRUPT, _, St) -> interrupt(St);
frame(?RESIZE, <<Columns:16, Rows:16>>, St) ->
    St#st{io = group:set(#{columns => Columns, rows => Rows}, St#st.io)};
frame(?COMPLETE, <<Number:32, Text/binary>>, #st{main = Shell, id = Id} = St) ->
    %% Asked in a process of its own: modules may have to be loaded for it.
    spawn(fun() ->
        {Length, Candidates} = transom_complete:candidates(text(Text), Shell),
        Lines = lists:join($\n, [[C, $\t, Note] || {C, Note} <- Candidates]),
        Data = [<<Number:32, Length:32>>, unicode:characters_to_binary(Lines)],
        prim_channel:write(Id, ?CANDIDATES, Data)
    end),
    St;
frame(?JOB, Bin, St) -> job(text(Bin), St);
frame(_, _, St) -> St.

%% Ends the evaluation that runs, not the shell.
interrupt(#st{mode = "console", main = Shell} = St) ->
    Shell ! {shell_interrupt, self()},
    St;
interrupt(St) -> St.

%% Job control of one console: there is one job, its shell.
job("i" ++ _, St) -> interrupt(St);
job("k" ++ _, St) -> shell(without_main(St));
job("s" ++ _, St) -> shell(without_main(St));
job("q" ++ _, St) -> finish(without_main(St));
job(_, St) -> St.

ended({?MODULE, status, Status}, St) -> finish(St#st{status = Status});
ended(normal, St) -> finish(St);
ended(Reason, #st{id = Id, mode = "console"} = St) ->
    %% Its commands cannot bring it down; somebody killed it.
    Text = io_lib:format("*** ERROR: Shell process terminated! (~tp) ***~n", [Reason]),
    case group:put_out({channel, Id}, unicode, Text) of
        ok -> loop(shell(St));
        {error, _} -> abandon(St)
    end;
ended(Reason, #st{id = Id} = St) ->
    group:put_out({channel_error, Id}, unicode, io_lib:format("the command ended: ~tp~n", [Reason])),
    finish(St#st{status = 1}).

finish(#st{id = Id, status = Status} = St) ->
    _ = without_main(St),
    _ = prim_channel:write(Id, ?EXIT, <<Status>>),
    prim_channel:close(Id).

abandon(St) ->
    _ = without_main(St),
    ok.

%% The shell's evaluator may trap exits: it is ended by name.
without_main(#st{main = none} = St) -> St;
without_main(#st{main = Pid, ref = Ref} = St) ->
    demonitor(Ref, [flush]),
    Evaluator = case process_info(Pid, dictionary) of
        {dictionary, D} -> proplists:get_value(evaluator, D, none);
        _ -> none
    end,
    exit(Pid, kill),
    is_pid(Evaluator) andalso exit(Evaluator, kill),
    St#st{main = none, ref = none}.

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

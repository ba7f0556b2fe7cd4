%% The jobs of one console, and the menu of Ctrl-G that switches between them. A value that the process with the client's channel keeps
%% (transom_control); nothing here waits.
%%
%% One job is connected: what it prints goes to the client, what is typed goes to it. The others are held at their next output, and so is the
%% connected one while the menu is open or the client has not yet read what came before.
-module(transom_jobs).

-export([new/3, shell/1, client/3, frame/2, ready/1, ended/3, stop/1]).

-include("transom_control.hrl").

-record(job, {n, pid, shell, reading = none, held = []}).

-record(jobs, {
    channel,
    context, sizes,        % for new jobs
    jobs = [],             % #job{}, by number
    current = none,        % number of the connected one
    last = 0,              % number given last
    menu = false,
    unsent = []            % frames of no job that found the channel full, with who is told when they are gone, oldest first
}).

%% With the first job started.
new(Channel, Context, Sizes) ->
    connect(1, start({shell, start, [init]}, #jobs{channel = Channel, context = Context, sizes = Sizes})).

%% The shell of the connected job.
shell(#jobs{current = N, jobs = Jobs}) ->
    case lists:keyfind(N, #job.n, Jobs) of
        #job{pid = Pid} ->
            case process_info(Pid, dictionary) of
                {dictionary, D} -> proplists:get_value(shell, D, none);
                undefined -> none
            end;
        false -> none
    end.

stop(#jobs{jobs = Jobs}) ->
    [transom_job:stop(Pid) || #job{pid = Pid} <- Jobs],
    ok.

start(Shown, #jobs{last = Last, context = Context, sizes = Sizes, jobs = Jobs} = S) ->
    Pid = transom_job:start(real(Shown), Context, Sizes),
    S#jobs{jobs = Jobs ++ [#job{n = Last + 1, pid = Pid, shell = Shown}], last = Last + 1}.

%% The menu names shells as OTP does.
real({shell, start, _}) -> {shell, server, [client]};
real({M, F, A}) -> {M, F, A}.

%%% What the client sends

client(?INPUT, Bin, #jobs{menu = true} = S) -> menu(string:lexemes(string:trim(unicode:characters_to_list(Bin)), " "), S);
client(?EOF, _, #jobs{menu = true} = S) -> menu(["c"], S);
client(?INPUT, Bin, S) -> typed({ok, Bin}, S);
client(?EOF, _, S) -> typed(eof, S);
client(?INTERRUPT, _, S) ->
    interrupt(S#jobs.current, S),
    S;
client(?RESIZE, <<Columns:16, Rows:16>>, #jobs{jobs = Jobs, sizes = Sizes} = S) ->
    Now = #{columns => Columns, rows => Rows},
    [transom_job:set(Pid, Now) || #job{pid = Pid} <- Jobs],
    S#jobs{sizes = maps:merge(Sizes, Now)};
client(?JOB, _, S) -> open_menu(S);
client(_, _, S) -> S.

typed(Data, #jobs{current = N} = S) ->
    with_job(N, fun(#job{pid = Pid} = Job) ->
        transom_job:input(Pid, Data),
        Job#job{reading = none}
    end, S).

%% Ends the evaluation that runs there, not the shell.
interrupt(N, S) ->
    case shell(S#jobs{current = N}) of
        Shell when is_pid(Shell) ->
            Shell ! {shell_interrupt, self()},
            ok;
        _ -> ok
    end.

with_job(N, Change, #jobs{jobs = Jobs} = S) ->
    case lists:keyfind(N, #job.n, Jobs) of
        false -> S;
        Job -> S#jobs{jobs = lists:keyreplace(N, #job.n, Jobs, Change(Job))}
    end.

%%% What jobs send

frame({job_frame, Pid, Ref, Kind, Data}, #jobs{jobs = Jobs, current = Current, menu = Menu} = S) ->
    case lists:keyfind(Pid, #job.pid, Jobs) of
        #job{n = Current, held = []} when not Menu -> send(Pid, Ref, Kind, Data, S);
        #job{n = N} -> hold(N, {Ref, Kind, Data}, S);
        false -> of_no_job(Pid, Ref, Kind, Data, S)
    end.

%% The system's own output (user) stands above all jobs and the menu. It cannot read here.
of_no_job(Pid, Ref, ?READ, _, S) ->
    Pid ! {Ref, {error, enotsup}},
    S;
of_no_job(Pid, Ref, Kind, Data, S) -> write(Kind, Data, {Pid, Ref}, S).

hold(N, Frame, S) -> with_job(N, fun(#job{held = Held} = Job) -> Job#job{held = Held ++ [Frame]} end, S).

send(Pid, Ref, Kind, Data, #jobs{channel = Channel, current = N} = S) ->
    case prim_channel:write(Channel, Kind, Data) of
        ok ->
            Pid ! {Ref, ok},
            case Kind of
                ?READ -> with_job(N, fun(Job) -> Job#job{reading = Data} end, S);
                _ -> S
            end;
        busy -> hold(N, {Ref, Kind, Data}, S);
        closed ->
            Pid ! {Ref, {error, terminated}},
            {closed, S}
    end.

%% The client has read: what waited goes on.
ready(#jobs{unsent = [_ | _] = Unsent} = S) ->
    case lists:foldl(fun({Kind, Data, Told}, Acc) -> write(Kind, Data, Told, Acc) end, S#jobs{unsent = []}, Unsent) of
        #jobs{unsent = []} = S2 -> ready(S2);
        S2 -> S2
    end;
ready(#jobs{menu = true} = S) -> S;
ready(#jobs{current = N, jobs = Jobs} = S) ->
    case lists:keyfind(N, #job.n, Jobs) of
        #job{pid = Pid, held = [{Ref, Kind, Data} | Held]} ->
            case send(Pid, Ref, Kind, Data, with_job(N, fun(Job) -> Job#job{held = Held} end, S)) of
                {closed, _} = Closed -> Closed;
                S2 -> still_held(length(Held), S2)
            end;
        _ -> S
    end.

%% Put back at the end of the line: the channel was full again, and only a job that waits for no answer sends more than one frame.
still_held(Before, #jobs{current = N, jobs = Jobs} = S) ->
    case lists:keyfind(N, #job.n, Jobs) of
        #job{held = Held} when Held =/= [], length(Held) =< Before -> ready(S);
        _ -> S
    end.

%% A job's shell, or the job itself, has ended.
ended(Pid, Reason, #jobs{jobs = Jobs, current = Current} = S) ->
    case lists:keyfind(Pid, #job.pid, Jobs) of
        false -> S;
        #job{n = N} ->
            transom_job:stop(Pid),
            Left = S#jobs{jobs = lists:keydelete(Pid, #job.pid, Jobs)},
            case {N =:= Current, Reason, Left#jobs.jobs} of
                {false, _, _} -> Left;
                {true, normal, []} -> {quit, Left};
                {true, normal, _} -> open_menu(Left#jobs{current = none});
                {true, _, _} -> lost(Left#jobs{current = none})
            end
    end.

%% Without a terminal nobody can start another one.
lost(#jobs{sizes = #{terminal := {false, _}}} = S) -> {quit, S};
lost(S) -> write(?OUTPUT, <<"*** ERROR: Shell process terminated! (^G to start new job) ***\n">>, S).

%%% The menu

open_menu(S) -> ask(write(?OUTPUT, <<"\nUser switch command (enter 'h' for help)\n">>, S#jobs{menu = true})).

ask(S) -> write(?READ, <<"l --> ">>, S).

%% A frame of no job.
write(Kind, Data, S) -> write(Kind, Data, none, S).

write(Kind, Data, Told, #jobs{channel = Channel, unsent = []} = S) ->
    case prim_channel:write(Channel, Kind, Data) of
        ok -> told(Told, ok, S);
        busy -> S#jobs{unsent = [{Kind, Data, Told}]};
        closed -> told(Told, {error, terminated}, S)
    end;
write(Kind, Data, Told, #jobs{unsent = Unsent} = S) -> S#jobs{unsent = Unsent ++ [{Kind, Data, Told}]}.

told(none, _, S) -> S;
told({Pid, Ref}, Answer, S) ->
    Pid ! {Ref, Answer},
    S.

say(Text, S) -> write(?OUTPUT, unicode:characters_to_binary(Text), S).

menu([], S) -> ask(S);
menu(["c"], #jobs{current = N} = S) -> connect(N, S);
menu(["i"], #jobs{current = N} = S) -> with_number(N, fun interrupted/2, S);
menu(["k"], #jobs{current = N} = S) -> with_number(N, fun killed/2, S);
menu([[Command], Number], S) when Command =:= $c; Command =:= $i; Command =:= $k ->
    Do = case Command of
        $c -> fun connect/2;
        $i -> fun interrupted/2;
        $k -> fun killed/2
    end,
    case string:to_integer(Number) of
        {N, []} when is_integer(N) -> with_number(N, Do, S);
        _ -> ask(say("Unknown job\n", S))
    end;
menu(["j"], #jobs{jobs = Jobs, current = Current} = S) ->
    ask(say([io_lib:format("~4w~ts ~tw~n", [N, if N =:= Current -> "*"; true -> " " end, Shell]) || #job{n = N, shell = Shell} <- Jobs], S));
menu(["s"], S) -> started({shell, start, []}, S);
menu(["s", Module], S) -> started({list_to_atom(Module), start, []}, S);
menu(["r" | _], S) -> ask(say("There are no other nodes; `transom attach NAME` is a console in another VM.\n", S));
menu(["q"], S) -> {quit, S};
menu([Help], S) when Help =:= "h"; Help =:= "?" -> ask(say(help(), S));
menu(_, S) -> ask(say("Unknown command\n", S)).

help() ->
    "  c [nn]            - connect to job\n"
    "  i [nn]            - interrupt job\n"
    "  k [nn]            - kill job\n"
    "  j                 - list all jobs\n"
    "  s [shell]         - start local shell\n"
    "  r [node [shell]]  - start remote shell\n"
    "  q                 - quit erlang\n"
    "  ? | h             - this message\n".

with_number(N, Do, #jobs{jobs = Jobs} = S) ->
    case lists:keymember(N, #job.n, Jobs) of
        true -> Do(N, S);
        false -> ask(say("Unknown job\n", S))
    end.

interrupted(N, S) ->
    interrupt(N, S),
    ask(S).

killed(N, #jobs{jobs = Jobs, current = Current} = S) ->
    #job{pid = Pid} = lists:keyfind(N, #job.n, Jobs),
    transom_job:stop(Pid),
    Left = S#jobs{jobs = lists:keydelete(N, #job.n, Jobs)},
    ask(if N =:= Current -> Left#jobs{current = none}; true -> Left end).

%% The new job is the one that `c` alone connects to.
started(Shell, S) ->
    #jobs{last = N} = S2 = start(Shell, S),
    ask(S2#jobs{current = N}).

%% What the job waits for is asked for again, then what it was held with goes out.
connect(none, S) -> ask(say("Unknown job\n", S));
connect(N, #jobs{jobs = Jobs} = S) ->
    Connected = write(?CONNECTED, <<N:32>>, S#jobs{current = N, menu = false}),
    #job{reading = Asked} = lists:keyfind(N, #job.n, Jobs),
    ready(case Asked of none -> Connected; _ -> write(?READ, Asked, Connected) end).

%% Timers and time arithmetic.
%%
%% One-shot timers are the runtime's own where possible. Those that run a function, repeat, or must die with their owner belong to the
%% process `timer_server`, started by the first use; it stays in no supervision tree.
-module(timer).

-export([sleep/1, tc/1, tc/2, tc/3, tc/4, now_diff/2, seconds/1, minutes/1, hours/1, hms/3,
         send_after/2, send_after/3, send_interval/2, send_interval/3, apply_after/2, apply_after/3, apply_after/4,
         apply_interval/2, apply_interval/3, apply_interval/4, apply_repeatedly/2, apply_repeatedly/3, apply_repeatedly/4,
         exit_after/2, exit_after/3, kill_after/1, kill_after/2, cancel/1, start/0, start_link/0, server/1]).

sleep(Time) ->
    receive
    after Time -> ok
    end.

tc(F) -> tc(F, microsecond).

tc(F, Args) when is_list(Args) -> tc(F, Args, microsecond);
tc(F, Unit) when not is_function(F, 0) -> erlang:error(badarg, [F, Unit]);
tc(F, Unit) ->
    T0 = erlang:monotonic_time(),
    V = F(),
    {since(T0, Unit), V}.

tc(M, F, A) when is_atom(M), is_atom(F) -> tc(M, F, A, microsecond);
tc(F, Args, Unit) when is_list(Args) ->
    T0 = erlang:monotonic_time(),
    V = apply(F, Args),
    {since(T0, Unit), V}.

tc(M, F, A, Unit) ->
    T0 = erlang:monotonic_time(),
    V = apply(M, F, A),
    {since(T0, Unit), V}.

since(T0, Unit) -> erlang:convert_time_unit(erlang:monotonic_time() - T0, native, Unit).

now_diff({M2, S2, U2}, {M1, S1, U1}) -> ((M2 - M1) * 1000000 + (S2 - S1)) * 1000000 + U2 - U1.

seconds(S) -> 1000 * S.
minutes(M) -> 60000 * M.
hours(H) -> 3600000 * H.
hms(H, M, S) -> hours(H) + minutes(M) + seconds(S).

%% ---- One-shot ----

send_after(Time, Msg) -> send_after(Time, self(), Msg).

send_after(0, Dest, Msg) -> instantly(fun() -> Dest ! Msg end, Dest);
send_after(Time, Pid, Msg) when is_integer(Time), Time > 0, is_pid(Pid), node(Pid) =:= node() ->
    {ok, {send_local, erlang:send_after(Time, Pid, Msg)}};
send_after(Time, Dest, Msg) when is_integer(Time), Time > 0 ->
    case is_dest(Dest) of
        true -> request({once, Time, {send, Dest, Msg}});
        false -> {error, badarg}
    end;
send_after(_, _, _) -> {error, badarg}.

instantly(F, Dest) ->
    case is_dest(Dest) of
        true ->
            try F()
            catch _:_ -> ok
            end,
            {ok, {instant, make_ref()}};
        false -> {error, badarg}
    end.

is_dest(D) when is_pid(D); is_atom(D) -> true;
is_dest({Name, Node}) when is_atom(Name), is_atom(Node) -> true;
is_dest(_) -> false.

apply_after(Time, F) when is_function(F, 0) -> apply_after(Time, erlang, apply, [F, []]);
apply_after(_, _) -> {error, badarg}.

apply_after(Time, F, A) when is_function(F), is_list(A) -> apply_after(Time, erlang, apply, [F, A]);
apply_after(_, _, _) -> {error, badarg}.

apply_after(0, M, F, A) when is_atom(M), is_atom(F), is_list(A) ->
    spawn(M, F, A),
    {ok, {instant, make_ref()}};
apply_after(Time, M, F, A) when is_integer(Time), Time > 0, is_atom(M), is_atom(F), is_list(A) ->
    request({once, Time, {apply, M, F, A}});
apply_after(_, _, _, _) -> {error, badarg}.

exit_after(Time, Reason) -> exit_after(Time, self(), Reason).
exit_after(Time, Pid, Reason) -> apply_after(Time, erlang, exit, [Pid, Reason]).

kill_after(Time) -> kill_after(Time, self()).
kill_after(Time, Pid) -> exit_after(Time, Pid, kill).

%% ---- Repeating ----

send_interval(Time, Msg) -> send_interval(Time, self(), Msg).

send_interval(Time, Dest, Msg) when is_integer(Time), Time > 0 ->
    Owner = case Dest of
        _ when is_pid(Dest), node(Dest) =:= node() -> Dest;
        _ when is_atom(Dest) -> whereis(Dest);
        _ -> undefined
    end,
    case is_dest(Dest) of
        true when is_atom(Dest), Owner =:= undefined -> {error, badarg};
        true -> request({every, Time, Owner, {send, Dest, Msg}});
        false -> {error, badarg}
    end;
send_interval(_, _, _) -> {error, badarg}.

apply_interval(Time, F) when is_function(F, 0) -> apply_interval(Time, erlang, apply, [F, []]);
apply_interval(_, _) -> {error, badarg}.

apply_interval(Time, F, A) when is_function(F), is_list(A) -> apply_interval(Time, erlang, apply, [F, A]);
apply_interval(_, _, _) -> {error, badarg}.

apply_interval(Time, M, F, A) when is_integer(Time), Time > 0, is_atom(M), is_atom(F), is_list(A) ->
    request({every, Time, self(), {apply, M, F, A}});
apply_interval(_, _, _, _) -> {error, badarg}.

apply_repeatedly(Time, F) when is_function(F, 0) -> apply_repeatedly(Time, erlang, apply, [F, []]);
apply_repeatedly(_, _) -> {error, badarg}.

apply_repeatedly(Time, F, A) when is_function(F), is_list(A) -> apply_repeatedly(Time, erlang, apply, [F, A]);
apply_repeatedly(_, _, _) -> {error, badarg}.

%% Like apply_interval, but a run starts only once the one before it has ended.
apply_repeatedly(Time, M, F, A) when is_integer(Time), Time > 0, is_atom(M), is_atom(F), is_list(A) ->
    request({every, Time, self(), {apply_alone, M, F, A}});
apply_repeatedly(_, _, _, _) -> {error, badarg}.

cancel({send_local, Ref}) when is_reference(Ref) ->
    _ = erlang:cancel_timer(Ref),
    {ok, cancel};
cancel({instant, Ref}) when is_reference(Ref) -> {ok, cancel};
cancel({Kind, Ref} = TRef) when is_reference(Ref), Kind =:= once orelse Kind =:= interval -> request({cancel, TRef});
cancel(_) -> {error, badarg}.

%% ---- The server ----

start() ->
    _ = ensure(),
    ok.

start_link() ->
    case whereis(timer_server) of
        undefined ->
            Pid = ensure(),
            link(Pid),
            {ok, Pid};
        Pid -> {error, {already_started, Pid}}
    end.

ensure() ->
    case whereis(timer_server) of
        undefined ->
            {Pid, Mon} = spawn_monitor(timer, server, [self()]),
            receive
                {Pid, ready} -> erlang:demonitor(Mon, [flush]);
                {'DOWN', Mon, _, _, _} -> ok
            end,
            whereis(timer_server);
        Pid -> Pid
    end.

request(What) ->
    Pid = ensure(),
    Mon = erlang:monitor(process, Pid),
    Pid ! {request, {self(), Mon}, What},
    receive
        {Mon, Answer} ->
            erlang:demonitor(Mon, [flush]),
            Answer;
        {'DOWN', Mon, _, _, Reason} -> {error, Reason}
    end.

server(Starter) when is_pid(Starter) ->
    %% The loser of a race to start ends quietly.
    try register(timer_server, self()) of
        true ->
            group_leader(whereis_leader(), self()),
            Starter ! {self(), ready},
            server(#{})
    catch error:badarg -> ok
    end;
%% Timers by reference: {once, RuntimeTimer, Action} or {every, RuntimeTimer, Action, Monitor, Time, DueAt, Running}.
server(Timers) ->
    receive
        {request, {From, Tag}, What} ->
            {Answer, Timers1} = serve(What, Timers),
            From ! {Tag, Answer},
            timer:server(Timers1);
        {due, Ref} -> timer:server(due(Ref, Timers));
        {'DOWN', Mon, _, _, _} -> timer:server(down(Mon, Timers));
        _ -> timer:server(Timers)
    end.

whereis_leader() ->
    case whereis(user) of
        undefined -> group_leader();
        Pid -> Pid
    end.

serve({once, Time, Action}, Timers) ->
    Ref = make_ref(),
    T = erlang:send_after(Time, self(), {due, Ref}),
    {{ok, {once, Ref}}, Timers#{Ref => {once, T, Action}}};
serve({every, Time, Owner, Action}, Timers) ->
    Ref = make_ref(),
    Due = erlang:monotonic_time(millisecond) + Time,
    T = erlang:send_after(Due, self(), {due, Ref}, [{abs, true}]),
    Mon = case Owner of
        undefined -> none;
        _ -> erlang:monitor(process, Owner)
    end,
    {{ok, {interval, Ref}}, Timers#{Ref => {every, T, Action, Mon, Time, Due, none}}};
serve({cancel, {_, Ref}}, Timers) -> {{ok, cancel}, drop(Ref, Timers)}.

drop(Ref, Timers) ->
    case Timers of
        #{Ref := {once, T, _}} -> _ = erlang:cancel_timer(T);
        #{Ref := {every, T, _, Mon, _, _, _}} ->
            is_reference(T) andalso erlang:cancel_timer(T),
            Mon =/= none andalso erlang:demonitor(Mon, [flush]);
        #{} -> ok
    end,
    maps:remove(Ref, Timers).

due(Ref, Timers) ->
    case Timers of
        #{Ref := {once, _, Action}} ->
            _ = act(Action),
            maps:remove(Ref, Timers);
        #{Ref := {every, _, {apply_alone, _, _, _} = Action, Mon, Time, Due, Running}} when is_reference(Running) ->
            Timers#{Ref := {every, none, Action, Mon, Time, Due, {late, Running}}};
        #{Ref := {every, _, Action, Mon, Time, Due, _}} -> Timers#{Ref := repeat(Ref, Action, Mon, Time, Due)};
        #{} -> Timers
    end.

%% The next time is counted from when this one was due, so that the interval does not drift.
repeat(Ref, Action, Mon, Time, Due) ->
    Running = act(Action),
    Next = Due + Time,
    T = erlang:send_after(max(Next, erlang:monotonic_time(millisecond)), self(), {due, Ref}, [{abs, true}]),
    {every, T, Action, Mon, Time, Next, Running}.

down(Mon, Timers) ->
    maps:fold(
        fun(Ref, {every, _, _, M, _, _, _}, Acc) when M =:= Mon -> drop(Ref, Acc);
           (Ref, {every, T, A, M, Time, Due, R}, Acc) when R =:= Mon -> Acc#{Ref := {every, T, A, M, Time, Due, none}};
           (Ref, {every, _, A, M, Time, Due, {late, R}}, Acc) when R =:= Mon -> Acc#{Ref := repeat(Ref, A, M, Time, Due)};
           (_, _, Acc) -> Acc
        end, Timers, Timers).

act({send, Dest, Msg}) ->
    try Dest ! Msg
    catch _:_ -> ok
    end,
    none;
act({apply, M, F, A}) ->
    spawn(M, F, A),
    none;
act({apply_alone, M, F, A}) ->
    {_, Mon} = spawn_monitor(M, F, A),
    Mon.

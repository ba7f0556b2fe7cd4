%% Runs tests. Each spawned group (a module, a fixture, the whole) is one process with a guardian: the guardian keeps the time and survives
%% whatever the tests do; a test that takes too long takes its group with it, as in EUnit.
%%
%% Events to the reporters (eunit_report): {group_begin, Group}, {group_end, Group, Millis, Size}, {test_begin, Test},
%% {test_end, Test, Result, Millis, Output}, {cancel, Test | Group, Reason}. Groups and tests are maps as eunit_data makes them, with their
%% place in the whole as `id': the numbers of the groups around it and its own. Of a group that is cancelled only the id may be known.
-module(eunit_proc).
-export([run/3]).

%% Milliseconds at most that processes which tests have left get to take note of that.
-define(SETTLE, 100).

%% Milliseconds that a test may take which says nothing of it.
-define(TEST_TIMEOUT, 5000).

run(Tests, Reporter, Options) ->
    Scale = proplists:get_value(scale_timeouts, Options, 1),
    Exact = proplists:get_bool(exact_execution, Options),
    guarded(#{reporter => Reporter, scale => Scale, exact => Exact, id => []}, fun(S) -> whole(Tests, S) end).

%% The whole is a group, whatever it is made of.
whole(Tests, S) ->
    {group, G} = eunit_data:next({inorder, Tests}),
    begun(G#{order := default}, S).

%% Starts a process for a group and waits until it has ended.
guarded(S, Fun) ->
    Guardian = self(),
    Capture = capture_start(group_leader()),
    {Pid, Monitor} = spawn_monitor(fun() ->
        group_leader(Capture, self()),
        Fun(S#{guardian => Guardian, capture => Capture}),
        {links, Links} = process_info(self(), links),
        Guardian ! {self(), done, Links}
    end),
    ends_with(Guardian, Pid),
    Result = guard(S, Pid, Monitor, none, infinity, []),
    exit(Capture, kill),
    Result.

%% Groups of a process that was killed are killed too.
ends_with(Outer, Inner) ->
    spawn(fun() ->
        [Above, _] = Monitors = [monitor(process, P) || P <- [Outer, Inner]],
        receive
            {'DOWN', Above, _, _, _} -> exit(Inner, kill);
            {'DOWN', M, _, _, _} -> true = lists:member(M, Monitors)
        end
    end).

%% `Groups' are the deadlines of the groups that are under way, the innermost first.
guard(S, Pid, Monitor, Current, Deadline, Groups) ->
    receive
        {Pid, current, Test, Timeout} ->
            Pid ! {self(), go},
            guard(S, Pid, Monitor, Test, deadline(Timeout, S), Groups);
        {Pid, enter, Timeout} -> guard(S, Pid, Monitor, Current, Deadline, [deadline(Timeout, S) | Groups]);
        {Pid, leave} -> guard(S, Pid, Monitor, Current, Deadline, tl(Groups));
        {Pid, done, Links} ->
            receive {'DOWN', Monitor, process, Pid, _} -> ok end,
            settled([P || P <- Links, is_pid(P)], deadline(?SETTLE, #{scale => 1}));
        {'DOWN', Monitor, process, Pid, Reason} ->
            cancel(Current, {exit, Reason}, S),
            failed
    after left(lists:min([Deadline | Groups])) ->
        Where = process_info(Pid, current_stacktrace),
        exit(Pid, kill),
        receive {'DOWN', Monitor, process, Pid, _} -> ok end,
        Whose = case lists:min([infinity | Groups]) < Deadline of true -> group_timeout; false -> timeout end,
        cancel(Current, {Whose, Where}, S),
        failed
    end.

cancel(none, Why, S) -> report(S, {cancel, placed(#{}, S), Why});
cancel(Test, Why, S) -> report(S, {cancel, Test, Why}).

%% With its place in the whole, outermost number first.
placed(What, #{id := Id}) -> What#{id => lists:reverse(Id)}.

%% What tests have left linked is told of their end and may end too: cleanup finds it gone, or at rest.
settled(Linked, Until) ->
    case lists:any(fun is_busy/1, Linked) andalso left(Until) > 0 of
        true -> timer:sleep(1), settled(Linked, Until);
        false -> ok
    end.

is_busy(P) ->
    case process_info(P, [status, message_queue_len]) of
        undefined -> false;
        At -> At =/= [{status, waiting}, {message_queue_len, 0}]
    end.

deadline(infinity, _) -> infinity;
deadline(Millis, #{scale := Scale}) -> erlang:monotonic_time(millisecond) + round(Millis * Scale).

left(infinity) -> infinity;
left(Deadline) -> max(0, Deadline - erlang:monotonic_time(millisecond)).

%% Tells the guardian what runs now, and until when.
tell(#{guardian := Guardian}, Test, Timeout) ->
    Guardian ! {self(), current, Test, Timeout},
    receive {Guardian, go} -> ok end.

item({test, T}, S) -> test(T, S);
item({group, G}, S) -> group(G, S);
item({error, Reason, Stack}, S) -> cancel(none, {bad, Reason, Stack}, S).

report(#{reporter := Reporter}, Event) -> eunit_report:event(Reporter, Event).

%%% One test

test(#{timeout := default} = Test, S) -> test(Test#{timeout := ?TEST_TIMEOUT}, S);
test(#{run := Run, timeout := Timeout} = Unplaced, S) ->
    Test = placed(Unplaced, S),
    report(S, {test_begin, Test}),
    _ = capture_take(S),
    tell(S, Test, Timeout),
    Started = erlang:monotonic_time(millisecond),
    Result =
        try Run() of
            _ -> ok
        catch
            Class:Reason:Stack -> {failed, Class, Reason, own_frames(Stack)}
        end,
    Millis = erlang:monotonic_time(millisecond) - Started,
    tell(S, none, infinity),
    report(S, {test_end, Test, Result, Millis, capture_take(S)}).

%% The frames of the runner itself say nothing to the reader.
own_frames(Stack) -> [F || F <- Stack, element(1, F) =/= ?MODULE].

%%% Groups

%% The tests of M_tests are run with those of M, unless only what was named is to run.
group(#{companion := Companion, tests := Tests} = G, #{exact := Exact} = S) ->
    All = case Exact of true -> Tests; false -> Tests ++ Companion end,
    group((maps:remove(companion, G))#{tests := All}, S);
group(#{apart := true} = G, S) ->
    guarded(S, fun(Inner) -> group(G#{apart := false}, Inner) end);
group(G, S) ->
    case eunit_data:together(G) of
        {group, #{apart := true} = Joined} -> group(Joined, S);
        {group, Joined} -> timed(Joined, S);
        {test, T} -> test(T, S)
    end.

timed(#{timeout := default} = G, S) -> begun(G, S);
timed(#{timeout := infinity} = G, S) -> begun(G, S);
timed(#{timeout := Timeout} = G, #{guardian := Guardian} = S) ->
    Guardian ! {self(), enter, Timeout},
    begun(G, S),
    Guardian ! {self(), leave}.

begun(G, S) ->
    report(S, {group_begin, placed(G, S)}),
    Started = erlang:monotonic_time(millisecond),
    Size = inside(G, S),
    report(S, {group_end, placed(G, S), erlang:monotonic_time(millisecond) - Started, Size}).

%% How many members it had.
inside(#{context := none} = G, S) -> members(G, S);
inside(#{context := {Setup, Cleanup, Tests, Where}} = G, S) ->
    try Setup() of
        Value -> in_context(Value, Cleanup, Tests, Where, G, S)
    catch
        Class:Reason:Stack ->
            cancel(none, {setup_failed, {Class, Reason, own_frames(Stack)}}, S),
            0
    end.

%% Setup and cleanup are this process's; the tests have one of their own unless the fixture is local, so that cleanup comes whatever they do.
in_context(Value, Cleanup, Tests, Where, G, S) ->
    try instantiate(Tests, Value) of
        Description when Where =:= local -> members(G#{tests := [Description]}, S);
        Description -> members(G#{tests := [{spawn, Description}]}, S)
    catch
        Class:Reason:Stack ->
            cancel(none, {instantiation_failed, {Class, Reason, own_frames(Stack)}}, S),
            0
    after
        try
            Cleanup(Value)
        catch
            C:R:St -> cancel(none, {cleanup_failed, {C, R, own_frames(St)}}, S)
        end
    end.

instantiate(F, Value) when is_function(F, 1) -> F(Value);
instantiate({with, Funs}, Value) when is_list(Funs) -> {with, Value, Funs};
instantiate(Tests, _) -> Tests.

members(#{tests := Tests, order := inparallel}, S) -> parallel(Tests, 0, S);
members(#{tests := Tests, order := {inparallel, N}}, S) -> parallel(Tests, N, S);
members(#{tests := Tests}, S) -> in_order(Tests, 1, S).

in_order([], N, _) -> N - 1;
in_order([T | Ts], N, S) ->
    case eunit_data:next(T) of
        {list, []} -> in_order(Ts, N, S);
        {list, [First | Others]} -> in_order([First, Others | Ts], N, S);
        Next ->
            item(Next, member(N, S)),
            in_order(Ts, N + 1, S)
    end;
in_order(Other, N, S) -> in_order([Other], N, S).

member(N, #{id := Id} = S) -> S#{id := [N | Id]}.

%% At most so many at once, or all (0); each reports into a buffer of its own, and the buffers are passed on in order.
parallel(Tests, AtOnce, S) ->
    All = eunit_data:resolved(Tests),
    Size = length(All),
    parallel(lists:enumerate(All), case AtOnce of 0 -> max(1, Size); _ -> AtOnce end, [], S),
    Size.

parallel([], _, Running, _) ->
    lists:foreach(fun finish/1, lists:reverse(Running));
parallel([_ | _] = Tests, AtOnce, Running, S) when length(Running) >= AtOnce ->
    finish(lists:last(Running)),
    parallel(Tests, AtOnce, lists:droplast(Running), S);
parallel([{N, T} | Ts], AtOnce, Running, S) ->
    Here = member(N, S),
    {Pid, Monitor} = spawn_monitor(fun() ->
        guarded(Here#{reporter := {buffer, self()}}, fun(Inner) -> item(eunit_data:next(T), Inner) end),
        exit({eunit_events, events([])})
    end),
    ends_with(self(), Pid),
    parallel(Ts, AtOnce, [{Pid, Monitor, Here} | Running], S).

events(Acc) ->
    receive {eunit_event, E} -> events([E | Acc])
    after 0 -> lists:reverse(Acc)
    end.

finish({Pid, Monitor, S}) ->
    receive
        {'DOWN', Monitor, process, Pid, {eunit_events, Events}} -> lists:foreach(fun(E) -> report(S, E) end, Events);
        {'DOWN', Monitor, process, Pid, Reason} -> cancel(none, {exit, Reason}, S)
    end.

%%% Capturing what tests print: a group leader that keeps output and passes input requests on

capture_start(Leader) -> spawn(fun() -> capture([], Leader) end).

capture_take(#{capture := Capture}) ->
    Ref = monitor(process, Capture),
    Capture ! {take, self(), Ref},
    receive
        {Ref, Output} -> demonitor(Ref, [flush]), Output;
        {'DOWN', Ref, process, _, _} -> <<>>
    end.

capture(Acc, Leader) ->
    receive
        {take, From, Ref} ->
            From ! {Ref, unicode:characters_to_binary(lists:reverse(Acc))},
            capture([], Leader);
        {io_request, From, Ref, Request} ->
            case output(Request) of
                {ok, Chars} ->
                    From ! {io_reply, Ref, ok},
                    capture([Chars | Acc], Leader);
                {error, Why} ->
                    From ! {io_reply, Ref, {error, Why}},
                    capture(Acc, Leader);
                pass ->
                    Leader ! {io_request, From, Ref, Request},
                    capture(Acc, Leader)
            end;
        _ -> capture(Acc, Leader)
    end.

output({put_chars, Encoding, Chars}) -> chars(Encoding, Chars);
output({put_chars, Encoding, M, F, A}) ->
    try apply(M, F, A) of
        Chars -> chars(Encoding, Chars)
    catch
        _:_ -> {error, request}
    end;
output({put_chars, Chars}) -> chars(latin1, Chars);
output({put_chars, M, F, A}) -> output({put_chars, latin1, M, F, A});
output({requests, Requests}) -> all_output(Requests, []);
output({setopts, _}) -> {ok, []};
output(_) -> pass.

all_output([], Acc) -> {ok, lists:reverse(Acc)};
all_output([R | Rs], Acc) ->
    case output(R) of
        {ok, Chars} -> all_output(Rs, [Chars | Acc]);
        Other -> Other
    end.

chars(Encoding, Chars) ->
    case unicode:characters_to_list(Chars, Encoding) of
        List when is_list(List) -> {ok, List};
        _ -> {error, put_chars}
    end.

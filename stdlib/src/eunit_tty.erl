%% EUnit's report on standard output: failures as they come, in verbose mode every test, a summary at the end.
-module(eunit_tty).
-export([start/2, stop/1, event/2]).

-record(st, {verbose, quiet, depth, indent = 0, ok = 0, fail = 0, skip = 0, cancel = false, cancelled = 0, count_to = none, in_module = none, times = []}).

start(Quiet, Options) ->
    St = #st{verbose = proplists:get_bool(verbose, Options), quiet = Quiet, depth = proplists:get_value(print_depth, Options, 20),
             count_to = proplists:get_value(count_to, Options, none)},
    Leader = group_leader(),
    Pid = spawn_link(fun() -> group_leader(Leader, self()), loop(opened(St)) end),
    {tty, Pid}.

opened(#st{verbose = true} = St) -> print(St, "======================== EUnit ========================\n", []), St;
opened(St) -> St.

%% Events are synchronous: a report is on the screen before the next test starts.
event({tty, Pid}, Event) ->
    Ref = monitor(process, Pid),
    Pid ! {event, self(), Ref, Event},
    receive
        {Ref, done} -> demonitor(Ref, [flush]), ok;
        {'DOWN', Ref, process, Pid, _} -> ok
    end;
event({buffer, Pid}, Event) ->
    Pid ! {eunit_event, Event},
    ok.

%% Prints the summary; ok, or error when something failed or was cancelled.
stop({tty, Pid}) ->
    Ref = monitor(process, Pid),
    unlink(Pid),
    Pid ! {stop, self(), Ref},
    receive
        {Ref, Result} -> demonitor(Ref, [flush]), Result;
        {'DOWN', Ref, process, Pid, Reason} -> {error, Reason}
    end.

loop(St) ->
    receive
        {event, From, Ref, Event} ->
            St2 = handle(Event, St),
            From ! {Ref, done},
            loop(St2);
        {stop, From, Ref} ->
            summary(St),
            %% For those who need the numbers and not the words.
            [Counter ! {eunit_counts, St#st.ok, St#st.fail + St#st.cancelled} || Counter <- [St#st.count_to], is_pid(Counter)],
            From ! {Ref, result(St)}
    end.

result(#st{fail = 0, cancel = false}) -> ok;
result(_) -> error.

summary(#st{ok = 0, fail = 0, skip = 0, cancel = false} = St) -> print(St, "  There were no tests to run.\n", []);
summary(#st{fail = 0, skip = 0, cancel = false, cancelled = 0, count_to = none, ok = N} = St) ->
    line(St),
    case N of
        1 -> print(St, "  Test passed.\n", []);
        2 -> print(St, "  2 tests passed.\n", []);
        _ -> print(St, "  All ~w tests passed.\n", [N])
    end;
summary(#st{ok = Ok, fail = Fail, skip = Skip, cancel = Cancel} = St) ->
    print(St, "=======================================================\n", []),
    print(St, "  Failed: ~w.  Skipped: ~w.  Passed: ~w.\n", [Fail, Skip, Ok]),
    [print(St, "One or more tests were cancelled.\n", []) || Cancel].

line(#st{verbose = true} = St) -> print(St, "=======================================================\n", []);
line(_) -> ok.

handle({group_begin, Desc, Module}, St) ->
    [print(St, "~ts~ts~n", [indent(St), Desc]) || St#st.verbose],
    St#st{indent = St#st.indent + 1, in_module = module_or(Module, St#st.in_module)};
handle({group_end, Millis}, St) ->
    [print(St, "~ts[done in ~.3f s]~n", [indent(St), Millis / 1000]) || St#st.verbose],
    St#st{indent = St#st.indent - 1};
handle({test_begin, Test}, #st{verbose = true} = St) ->
    print(St, "~ts~ts...", [indent(St), title(Test)]),
    St;
handle({test_begin, _}, St) -> St;
handle({test_end, _, ok, Millis, _}, St) ->
    [print(St, "~tsok~n", [time(Millis)]) || St#st.verbose],
    St#st{ok = St#st.ok + 1};
handle({test_end, Test, {failed, Class, Reason, Stack}, _, Output}, St) ->
    title_if_quiet(Test, St),
    print(St, "*failed*~n~ts", [exception(Class, Reason, Stack, St)]),
    output(Output, St),
    St#st{fail = St#st.fail + 1};
handle({cancel, Test, Why}, St) ->
    cancelled(Test, Why, St),
    St#st{cancel = true, cancelled = St#st.cancelled + 1}.

module_or(none, Old) -> Old;
module_or(M, _) -> M.

time(Millis) when Millis >= 10 -> io_lib:format("[~.3f s] ", [Millis / 1000]);
time(_) -> "".

title_if_quiet(_, #st{verbose = true}) -> ok;
title_if_quiet(Test, St) -> print(St, "~ts...", [title(Test)]).

title(#{location := {M, F, A}, line := Line, desc := Desc}) ->
    [
        io_lib:format("~w:", [M]),
        [io_lib:format("~w:", [Line]) || Line > 0],
        io_lib:format(" ~ts", [F]),
        [io_lib:format("/~w", [A]) || A =/= 0],
        [io_lib:format(" (~ts)", [Desc]) || Desc =/= none]
    ].

exception(Class, Reason, Stack, #st{depth = Depth}) ->
    [frames(Stack), io_lib:format("**~w:~tP", [Class, Reason, Depth])].

frames([]) -> [];
frames([First | Rest]) -> [["in function ", frame(First)], [["in call from ", frame(F)] || F <- Rest]].

frame({M, F, Args, Where}) when is_list(Args) ->
    [frame({M, F, length(Args), Where}), io_lib:format("  called as ~w(~ts)~n", [F, lists:join(",", [io_lib:format("~tp", [A]) || A <- Args])])];
frame({M, F, A, Where}) ->
    [io_lib:format("~w:~tw/~w", [M, F, A]), place(Where), $\n].

place(Where) ->
    case {proplists:get_value(file, Where), proplists:get_value(line, Where)} of
        {undefined, _} -> [];
        {File, undefined} -> [" (", File, ")"];
        {File, Line} -> io_lib:format(" (~ts, line ~w)", [File, Line])
    end.

output(Output, St) when byte_size(Output) > 800 ->
    Head = binary:part(Output, 0, 800),
    print(St, "~n  output:<<\"~ts\">>...~n~n", [escaped(Head)]);
output(Output, St) -> print(St, "~n  output:<<\"~ts\">>~n~n", [escaped(Output)]).

escaped(Bin) ->
    [case C of $" -> "\\\""; $\\ -> "\\\\"; _ -> C end || C <- unicode_or_bytes(Bin)].

unicode_or_bytes(Bin) ->
    case unicode:characters_to_list(Bin) of
        L when is_list(L) -> L;
        _ -> binary_to_list(Bin)
    end.

cancelled(#{} = Test, {timeout, Where}, St) ->
    title_if_quiet(Test, St),
    print(St, "~ts", [why({timeout, Where}, St)]);
cancelled(#{} = Test, {group_timeout, Where}, St) ->
    title_if_quiet(Test, St),
    print(St, "*skipped*~nundefined~n", []),
    cancelled(none, {group_timeout, Where}, St);
cancelled(#{} = Test, {exit, Reason}, St) ->
    title_if_quiet(Test, St),
    print(St, "*unexpected termination of test process*~n::~tP~n~n", [Reason, St#st.depth]);
cancelled(none, Why, St) -> print(St, "~ts", [why(Why, St)]).

why({_, {current_stacktrace, Stack}}, _) -> ["*timed out*\n", frames(Stack)];
why({Timeout, undefined}, _) when Timeout =:= timeout; Timeout =:= group_timeout -> "*timed out*\n";
why({exit, Reason}, St) -> io_lib:format("*unexpected termination of test process*~n::~tP~n~n", [Reason, St#st.depth]);
why({setup_failed, E}, St) -> failed("context setup failed", E, St);
why({cleanup_failed, E}, St) -> failed("context cleanup failed", E, St);
why({instantiation_failed, E}, St) -> failed("instantiation of subtests failed", E, St);
why({bad, {generator_failed, {{M, F, A}, E}}, _}, St) ->
    [io_lib:format("*** test generator failed ***~n", []), io_lib:format("::in function ~w:~tw/~w~n", [M, F, A]), failed_tail(E, St)];
why({bad, {module_not_found, M}, _}, _) -> io_lib:format("*** test module not found ***~n**~tp~n~n", [M]);
why({bad, {application_not_found, A}, _}, _) -> io_lib:format("*** application not found ***~n**~tp~n~n", [A]);
why({bad, {bad_test, T}, _}, St) -> io_lib:format("*** bad test descriptor ***~n**~tP~n~n", [T, St#st.depth]).

failed(Title, E, St) -> [io_lib:format("*** ~s ***~n", [Title]), failed_tail(E, St)].

failed_tail({Class, Reason, Stack}, St) -> [exception(Class, Reason, Stack, St), "\n\n"].

indent(#st{indent = N}) -> lists:duplicate(N * 2, $\s).

print(#st{quiet = true}, _, _) -> ok;
print(_, Format, Args) -> io:format(Format, Args).

%% EUnit's report on standard output: failures as they come, in verbose mode every test, a summary at the end.
-module(eunit_tty).
-export([start/2]).

-record(st, {verbose, quiet, depth, indent = 0, ok = 0, fail = 0, skip = 0, cancel = false, cancelled = 0, count_to = none}).

start(Quiet, Options) ->
    St = #st{verbose = proplists:get_bool(verbose, Options), quiet = Quiet, depth = proplists:get_value(print_depth, Options, 20),
             count_to = proplists:get_value(count_to, Options, none)},
    Leader = group_leader(),
    spawn_link(fun() -> group_leader(Leader, self()), loop(opened(St)) end).

opened(#st{verbose = true} = St) -> print(St, "======================== EUnit ========================\n", []), St;
opened(St) -> St.

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

handle({group_begin, #{desc := none}}, St) -> St;
handle({group_begin, #{desc := Desc}}, St) ->
    [print(St, "~ts~ts~n", [indent(St), Desc]) || St#st.verbose],
    St#st{indent = St#st.indent + 1};
handle({group_end, #{desc := none}, _, _}, St) -> St;
handle({group_end, _, Millis, _}, St) ->
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

exception(Class, Reason, Stack, #st{depth = Depth}) -> eunit_lib:format_exception({Class, Reason, Stack}, Depth).

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

cancelled(#{location := _} = Test, {timeout, Where}, St) ->
    title_if_quiet(Test, St),
    print(St, "~ts", [why({timeout, Where}, St)]);
cancelled(#{location := _} = Test, {group_timeout, Where}, St) ->
    title_if_quiet(Test, St),
    print(St, "*skipped*~nundefined~n", []),
    cancelled(#{}, {group_timeout, Where}, St);
cancelled(#{location := _} = Test, {exit, Reason}, St) ->
    title_if_quiet(Test, St),
    print(St, "*unexpected termination of test process*~n::~tP~n~n", [Reason, St#st.depth]);
cancelled(_, Why, St) -> print(St, "~ts", [why(Why, St)]).

why({_, {current_stacktrace, Stack}}, _) -> ["*timed out*\n", eunit_lib:format_stacktrace(Stack)];
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

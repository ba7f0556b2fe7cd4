%% Aggregates of native sessions, by every key and of every kind of value; the budget of processor time.
-module(transom_tracer_measures_tests).

-include_lib("eunit/include/eunit.hrl").

-export([f/2, rare/0, by_two_callers/0, other/0, busy/1]).

f(_, _) -> ok.
rare() -> ok.
by_two_callers() -> _ = f(a, 1), other(), ok.
other() -> _ = [f(b, N) || N <- [2, 3]], ok.

%% What was aggregated while Fun ran in this process: rows by key.
aggregated(Pattern, Opts, Fun) ->
    {ok, Session, _} = transom_tracer:run(Pattern, self(), Opts#{output => none}),
    Fun(),
    Rows = transom_tracer:aggregates(Session),
    {ok, #{shown := 0}} = transom_tracer:stop(Session),
    maps:from_list([{Key, Row} || #{key := Key} = Row <- Rows]).

counts(Rows) -> maps:map(fun(_, #{count := N}) -> N end, Rows).
sums(Rows) -> maps:map(fun(_, #{sum := N}) -> N end, Rows).

f() -> atom_to_list(?MODULE) ++ ":f".
name(Function) -> iolist_to_binary([atom_to_list(?MODULE), $:, Function]).

counts_by_function_process_and_caller_test() ->
    Twice = fun() -> by_two_callers() end,
    ?assertEqual(#{name("f/2") => 3}, counts(aggregated(f(), #{aggregate => count}, Twice))),
    ?assertEqual(#{list_to_binary(pid_to_list(self())) => 3}, counts(aggregated(f(), #{aggregate => count, by => process}, Twice))),
    Callers = counts(aggregated(f(), #{aggregate => count, by => caller}, Twice)),
    ?assertEqual(1, maps:get(name("by_two_callers/0"), Callers)),
    ?assertEqual([1, 2], lists:sort(maps:values(Callers))).

counts_by_an_expression_test() ->
    Twice = fun() -> by_two_callers() end,
    ?assertEqual(#{<<"a">> => 1, <<"b">> => 2}, counts(aggregated(f() ++ "(X, _)", #{aggregate => count, by => "X"}, Twice))),
    ?assertEqual(#{<<"{a,1}">> => 1, <<"{b,2}">> => 1, <<"{b,3}">> => 1},
                 counts(aggregated(f() ++ "(X, N)", #{aggregate => count, by => "{X, N}"}, Twice))),
    ?assertEqual(#{<<"0">> => 1, <<"1">> => 2}, counts(aggregated(f() ++ "(_, N)", #{aggregate => count, by => "N rem 2"}, Twice))),
    %% A condition of the pattern still holds.
    ?assertEqual(#{<<"b">> => 1}, counts(aggregated(f() ++ "(X, N) when N > 2", #{aggregate => count, by => "X"}, Twice))).

sums_and_distributions_of_an_expression_test() ->
    Twice = fun() -> by_two_callers() end,
    ?assertEqual(#{name("f/2") => 6}, sums(aggregated(f() ++ "(_, N)", #{aggregate => sum, 'of' => "N"}, Twice))),
    ?assertEqual(#{<<"a">> => 10, <<"b">> => 50}, sums(aggregated(f() ++ "(X, N)", #{aggregate => sum, 'of' => "N * 10", by => "X"}, Twice))),
    ?assertMatch(#{<<"b">> := #{count := 2, min := 2, max := 3, p50 := 2, powers := [{2, 2}]}},
                 aggregated(f() ++ "(X, N)", #{aggregate => hist, 'of' => "N", by => "X"}, Twice)),
    %% What is no number is not counted.
    ?assertEqual(#{}, aggregated(f() ++ "(X, _)", #{aggregate => sum, 'of' => "X"}, Twice)).

a_match_specification_says_key_and_value_test() ->
    Spec = [{['$1', '$2'], [], [{message, {{'$1', '$2'}}}]}],
    Rows = aggregated({{?MODULE, f, 2}, Spec, [local]}, #{aggregate => sum, by => message, 'of' => message}, fun by_two_callers/0),
    ?assertEqual(#{<<"a">> => 1, <<"b">> => 5}, sums(Rows)).

sizes_of_arguments_test() ->
    Key = name("f/2"),
    Call = fun() -> f(binary:copy(<<"x">>, 1000), a), f(<<>>, [1, 2, 3]) end,
    %% Of a binary its bytes, of a list a word and two for each element.
    ?assertMatch(#{Key := #{count := 2, min := 0, max := 1000}}, aggregated(f(), #{aggregate => size, argument => 1}, Call)),
    ?assertMatch(#{Key := #{min := 8, max := 56}}, aggregated(f(), #{aggregate => size, argument => 2}, Call)),
    ?assertMatch(#{Key := #{min := 56, max := 1008}}, aggregated(f(), #{aggregate => size}, Call)).

times_by_an_expression_test() ->
    Rows = aggregated("timer:sleep(T)", #{aggregate => hist, by => "T"}, fun() -> [timer:sleep(T) || T <- [1, 1, 5]] end),
    ?assertMatch(#{<<"1">> := #{count := 2}, <<"5">> := #{count := 1, min := Ns}} when Ns > 5000000, Rows).

mistakes_are_told_test() ->
    {ok, Session} = transom_tracer:start(#{output => none}),
    ?assertMatch({error, {<<"unbound variable: 'Y'">>, 0}}, transom_tracer:pattern(Session, f() ++ "(X, _)", #{aggregate => count, by => "Y"})),
    ?assertMatch({error, <<"aggregate">>}, transom_tracer:pattern(Session, f(), #{aggregate => sum})),
    ?assertMatch({error, <<"of">>}, transom_tracer:pattern(Session, f() ++ "(X, _)", #{aggregate => count, 'of' => "X"})),
    ?assertMatch({error, <<"argument">>}, transom_tracer:pattern(Session, f(), #{aggregate => size, argument => 0})),
    {ok, _} = transom_tracer:stop(Session).

%% Shown calls of rare/0 and f/2 in a second in which f/2 is called a thousand times as often, twenty events in a tenth of a second.
shown_of_both(Fair) ->
    Me = self(),
    Worker = spawn(fun() -> receive go -> hot(erlang:monotonic_time(millisecond) + 1000), Me ! done, receive stop -> ok end end end),
    {ok, Session, _} = transom_tracer:run([f(), atom_to_list(?MODULE) ++ ":rare"], Worker,
                                          #{output => {messages, self()}, limit => {20, 100}, count => infinity, fair => Fair}),
    Begin = erlang:monotonic_time(millisecond),
    Worker ! go,
    receive done -> ok end,
    {ok, #{matched := Matched, shown := Shown}} = transom_tracer:stop(Session),
    Intervals = (erlang:monotonic_time(millisecond) - Begin) div 100 + 2,
    ?assert(Shown =< Intervals * 20),
    ?assert(Matched > 10 * Shown),
    Worker ! stop,
    {received(rare), received(f)}.

hot(Until) ->
    _ = [f(x, N) || N <- lists:seq(1, 100)],
    rare(),
    case erlang:monotonic_time(millisecond) < Until of
        true -> hot(Until);
        false -> ok
    end.

received(Function) ->
    receive {trace, _, call, {?MODULE, Function, _}} -> 1 + received(Function)
    after 0 -> 0
    end.

rare_functions_have_their_share_test() ->
    {Fair, Hot} = shown_of_both(true),
    {Unfair, _} = shown_of_both(false),
    %% In the first interval nothing is known of them; from then on half of the events are those of the rare one.
    ?assert(Fair >= 50),
    ?assert(Hot >= 50),
    ?assert(Unfair < Fair div 4).

%% A budget of almost nothing is spent at once: fewer events are looked at, and the factor is told.
a_budget_lowers_the_sampling_rate_test() ->
    {ok, Session, _} = transom_tracer:run(atom_to_list(?MODULE) ++ ":f", self(), #{output => none, budget => 0.01, limit => infinity, bytes => infinity, count => infinity}),
    busy(erlang:monotonic_time(millisecond) + 1000),
    #{factor := Factor, shown := Shown, suppressed := #{sampled := Sampled}} = transom_tracer:stats(Session),
    ?assert(Factor > 1),
    %% On a loaded machine others are lost, for which nothing was decided.
    ?assert(Sampled > Shown),
    Line = transom_tracer:totals(Session),
    ?assertNotEqual(nomatch, binary:match(Line, iolist_to_binary(["every ", integer_to_list(Factor), "th shown"]))),
    {ok, _} = transom_tracer:stop(Session).

a_budget_that_is_kept_changes_nothing_test() ->
    {ok, Session, _} = transom_tracer:run(atom_to_list(?MODULE) ++ ":f", self(), #{output => none, budget => 100, limit => infinity, count => infinity}),
    [begin f(x, N), timer:sleep(10) end || N <- lists:seq(1, 30)],
    ?assertMatch(#{factor := 1, matched := 30, shown := 30}, transom_tracer:stats(Session)),
    {ok, _} = transom_tracer:stop(Session).

busy(Until) ->
    _ = [f(x, N) || N <- lists:seq(1, 1000)],
    case erlang:monotonic_time(millisecond) < Until of
        true -> busy(Until);
        false -> ok
    end.

%% What the profilers share.
-module(transom_profile_tests).
-include_lib("eunit/include/eunit.hrl").
-export([pair/1, loop/1]).

pair(X) -> {X, X}.
loop(0) -> ok;
loop(N) -> _ = pair(N), loop(N - 1).

measured(Kind, What) ->
    Session = transom_profile:open(test),
    Ready = fun(Pid) ->
                    1 = transom_profile:trace(Session, Pid, true, false),
                    transom_profile:measure(Session, Kind, [{?MODULE, pair, 1}])
            end,
    Answer = transom_profile:run(What, #{ready => Ready, stop => fun() -> ok end}),
    Profile = transom_profile:collect(Session, Kind),
    ?assertEqual([{?MODULE, pair, 1}], transom_profile:functions(Session)),
    ?assert(transom_profile:close(Session)),
    {Answer, Profile}.

words_are_those_of_the_function_test() ->
    ?assertMatch({{ok, ok}, {call_memory, [{?MODULE, pair, 1, [{_, 10, 30}]}]}}, measured(call_memory, {?MODULE, loop, [10]})).

calls_and_times_test() ->
    ?assertMatch({{ok, ok}, {call_count, [{?MODULE, pair, 1, [{all, 10, 10}]}]}}, measured(call_count, {?MODULE, loop, [10]})),
    {{ok, ok}, {call_time, [{?MODULE, pair, 1, [{Pid, 10, Us}]}]} = Profile} = measured(call_time, fun() -> loop(10) end),
    ?assert(is_integer(Us)),
    ?assertEqual([{Pid, {?MODULE, pair, 1}, 10, Us}], transom_profile:rows(Profile)).

ends_test() ->
    ?assertMatch({{'EXIT', {oops, _}}, {call_count, [_]}}, measured(call_count, fun() -> loop(1), error(oops) end)),
    ?assertMatch({'EXIT', timeout}, transom_profile:run({timer, sleep, [10000]}, #{ready => fun(_) -> ok end, stop => fun() -> ok end, timeout => 20})).

text_test() -> ?assertEqual(["m:f/1", "'A':'b c'/0"], [transom_profile:text(Mfa) || Mfa <- [{m, f, 1}, {'A', 'b c', 0}]]).

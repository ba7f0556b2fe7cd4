%% The verdict, from figures of old and new code. What is counted, and that it goes back, is tested in transom_reload_tests.
-module(transom_guard_tests).

-include_lib("eunit/include/eunit.hrl").

-define(F, {m, f, 1}).

%% A second of old code and one of new.
figures(Calls, P90, Errors, Exits) ->
    #{calls => #{?F => {Calls, P90}}, errors => maps:from_list([{?F, Errors} || Errors > 0]), exits => #{m => Exits}, ms => 1000}.

judge(Old, New) -> element(1, transom_guard:judge(Old, New, #{})).

verdict_test_() ->
    Old = figures(1000, 1000, 0, 0),
    [?_assertEqual(ok, judge(Old, figures(1000, 1100, 0, 0))),
     %% Too little traffic says nothing, good or bad.
     ?_assertEqual(inconclusive, judge(Old, figures(5, 1000, 0, 0))),
     ?_assertEqual(inconclusive, judge(Old, figures(5, 1000, 2, 0))),
     %% One of a thousand that threw nothing before, once there are enough of them.
     ?_assertEqual(rolled_back, judge(Old, figures(3000, 1000, 3, 0))),
     ?_assertEqual(ok, judge(Old, figures(3000, 1000, 2, 0))),
     %% As often as before.
     ?_assertEqual(ok, judge(figures(1000, 1000, 100, 0), figures(1000, 1000, 110, 0))),
     ?_assertEqual(rolled_back, judge(figures(1000, 1000, 100, 0), figures(1000, 1000, 300, 0))),
     %% Ten times the traffic with ten times the exceptions is no change.
     ?_assertEqual(ok, judge(figures(100, 1000, 10, 0), figures(1000, 1000, 100, 0))),
     %% Processes that end.
     ?_assertEqual(rolled_back, judge(Old, figures(1000, 1000, 0, 3))),
     ?_assertEqual(ok, judge(figures(1000, 1000, 0, 5), figures(1000, 1000, 0, 8))),
     %% Ten times slower matters from some length on.
     ?_assertEqual(rolled_back, judge(Old, figures(1000, 1000000, 0, 0))),
     ?_assertEqual(ok, judge(Old, figures(1000, 10000, 0, 0))),
     %% A baseline of another length.
     ?_assertEqual(ok, judge((figures(100, 1000, 10, 0))#{ms := 300}, (figures(1000, 1000, 90, 0))#{ms := 3000}))].

limit_test() ->
    Old = figures(1000, 1000, 0, 0),
    ?assertEqual(rolled_back, element(1, transom_guard:judge(Old, figures(1000, 1000, 1, 0), #{max_errors => 1}))),
    ?assertEqual(ok, element(1, transom_guard:judge(Old, figures(1000, 1000, 9, 0), #{max_errors => 10}))).

words_test() ->
    Old = figures(1000, 1000, 0, 0),
    New = figures(1000, 2000000, 30, 0),
    {Verdict, Why} = transom_guard:judge(Old, New, #{}),
    Text = unicode:characters_to_list(transom_guard:text(#{verdict => Verdict, why => Why, ms => 1200, old => Old, new => New})),
    ?assertEqual("guard: rolled back after 1.2 s: m:f/1 raised in 30 of 1000 calls, before in 0 of 1000 calls; m:f/1 takes 2.0 ms, before 1.0 us\n"
                 "  m:f/1: 1000 calls, 30 raised, p90 2.0 ms; before 1000 calls, 0 raised, p90 1.0 us\n", Text).

-module(transom_metrics_tests).
-include_lib("eunit/include/eunit.hrl").

metrics_are_lines_of_name_and_number_test() ->
    Lines = string:split(lists:flatten(unicode:characters_to_list(transom_metrics:text())), "\n", all),
    Samples = [L || [C | _] = L <- Lines, C =/= $#],
    ?assert(length(Samples) > 20),
    [?assertMatch({match, _}, re:run(L, "^transom_[a-z_]+({[^}]*})? -?[0-9.e+-]+$")) || L <- Samples].

%% {GcPauses, RunQueues}: bounds, one number more than bounds, the sum. The timed collection of this heap adds to the first.
histograms_count_test() ->
    {{Bounds, Before, Sum}, {Lengths, Picks, _}} = erts_internal:histograms(),
    ?assertEqual({length(Bounds) + 1, length(Lengths) + 1}, {length(Before), length(Picks)}),
    ?assertEqual({lists:sort(Bounds), lists:sort(Lengths)}, {Bounds, Lengths}),
    Large = lists:seq(1, 100_000),
    erlang:garbage_collect(),
    {{_, After, SumAfter}, _} = erts_internal:histograms(),
    ?assert(lists:sum(After) > lists:sum(Before)),
    ?assert(SumAfter > Sum),
    ?assertEqual(100_000, length(Large)).

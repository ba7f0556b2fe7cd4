%% Patterns as text; the vectors of the language itself are in redbug_tests.
-module(transom_pattern_tests).
-include_lib("eunit/include/eunit.hrl").

outcome_test() ->
    ?assertEqual({ok, {{m, f, '_'}, [{'_', [], [{exception_trace}]}], [local]}, [{duration, '>', 5000000}]}, transom_pattern:parse("m:f -> duration > 5ms")),
    ?assertEqual({ok, {{m, f, 1}, [{['$1'], [], [{exception_trace}]}], [local]}, [{return, [{['$1', '$2'], [{'=/=', '$2', '$1'}], []}], true}]},
                 transom_pattern:parse("m:f(X) -> return(R) when R =/= X")),
    ?assertEqual({ok, {{m, f, 2}, [{'_', [], [{exception_trace}]}], [local]}, [exception]}, transom_pattern:parse(<<"m:f/2 -> exception">>)).

events_test() ->
    ?assertEqual([{event, send}, {event, 'receive'}, {event, procs}], [transom_pattern:parse(E) || E <- ["send", "receive", "procs"]]).

places_test() ->
    ?assertEqual({error, {"unbound variable: 'Y'", 12}}, transom_pattern:parse("m:f(X) when Y")),
    ?assertError(badarg, transom_pattern:parse([a])),
    ?assertError(badarg, transom_pattern:parse("m" ++ c)).

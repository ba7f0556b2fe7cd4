%% Answers recorded from recon on erl, but for the comma it leaves behind the last element of a tuple.
-module(recon_map_tests).
-include_lib("eunit/include/eunit.hrl").

text(Term) -> lists:flatten(recon_trace:format_trace_output(Term)).

%% Patterns are global to the virtual machine, so one test does it all.
maps_test() ->
    recon_map:clear(),
    recon_rec:clear(),
    ?assertEqual("#{a=>1, b=>{1,2}}", text(#{a => 1, b => {1, 2}})),
    ?assertEqual("[#{a => 1}]", text([#{a => 1}])),
    ?assertEqual(false, recon_map:is_active()),
    ?assertEqual(ok, recon_map:limit(m1, #{a => 1}, [a])),
    ?assertEqual(ok, recon_map:limit(m2, #{q => '_'}, [q])),
    ?assertEqual(ok, recon_map:limit(m3, fun(#{z := _}) -> true; (_) -> false end, z)),
    ?assertEqual(ok, recon_map:limit(m4, #{y => 1}, none)),
    ?assertEqual(ok, recon_map:limit(m5, #{x => 1}, all)),
    ?assertError(function_clause, recon_map:limit(m6, #{x => 1}, 17)),
    ?assertError(function_clause, recon_map:limit("m6", #{x => 1}, a)),
    ?assertEqual(true, recon_map:is_active()),
    ?assertEqual("m1#{a=>1}", text(#{a => 1, b => {1, 2}})),
    ?assertEqual("[m1#{a=>1}]", text([#{a => 1}])),
    ?assertEqual("[a|#{b=>1}]", text([a | #{b => 1}])),
    ?assertEqual("#{q=>1, r=>2}", text(#{q => 1, r => 2})),
    ?assertEqual("m2#{q=>'_'}", text(#{q => '_', r => 2})),
    ?assertEqual("m3#{z=>3}", text(#{z => 3, a => 2})),
    ?assertEqual("m4#{b=>3, y=>1}", text(#{y => 1, b => 3})),
    ?assertEqual("m5#{}", text(#{x => 1, b => 3})),
    ?assertEqual("#{b=>m1#{a=>1}}", text(#{b => #{a => 1, c => 2}})),
    ?assertEqual("\"str\"", text("str")),
    ?assertEqual("{}", text({})),
    ?assertEqual("{1,2}", text({1, 2})),
    transom_trace:compat(true),
    ?assertEqual("{1,2,}", text({1, 2})),
    transom_trace:compat(false),
    ?assertEqual({error, unknown_label}, recon_map:rename(nono, m9)),
    ?assertEqual({error, label_already_used}, recon_map:rename(m1, m2)),
    ?assertEqual(ok, recon_map:rename(m1, m9)),
    ?assertEqual("m9#{a=>1}", text(#{a => 1, b => 2})),
    ?assertEqual([true, true], [recon_map:remove(M) || M <- [m9, nono]]),
    ?assertEqual("#{a=>1}", text(#{a => 1})),
    ?assertEqual(ok, recon_map:clear()).

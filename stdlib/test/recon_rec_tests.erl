%% Answers recorded from recon on erl.
-module(recon_rec_tests).
-include_lib("eunit/include/eunit.hrl").

-record(user, {name, age = 0, email}).

text(Term) -> lists:flatten(recon_trace:format_trace_output(Term)).

%% Definitions are global to the virtual machine, so one test does it all.
records_test() ->
    recon_rec:clear(),
    recon_map:clear(),
    ?assertEqual(false, recon_rec:is_active()),
    ?assertEqual("{user,1,2,3}", text(#user{name = 1, age = 2, email = 3})),
    ?assertEqual([{imported, ?MODULE, user, 3}], recon_rec:import(?MODULE)),
    ?assertEqual([{overwritten, ?MODULE, user, 3}], recon_rec:import([?MODULE])),
    ?assertEqual([], recon_rec:import(lists)),
    ?assertEqual([{?MODULE, user, [name, age, email], none}], recon_rec:get_list()),
    ?assertEqual("#user{name=1, age=2, email=3}", text(#user{name = 1, age = 2, email = 3})),
    ?assertEqual("{user, 1, 2}", text({user, 1, 2})),
    ?assertEqual("{x, #user{name=1, age=2, email=3}}", text({x, #user{name = 1, age = 2, email = 3}})),
    ?assertEqual("[#user{name=\"a\", age=#{b=>1}, email=[]}]", text([#user{name = "a", age = #{b => 1}, email = []}])),
    ?assertEqual("#{a=>#user{name=1, age=2, email=3}}", text(#{a => #user{name = 1, age = 2, email = 3}})),
    ?assertEqual({error, record_unknown}, recon_rec:limit(nope, 3, name)),
    ?assertEqual(ok, recon_rec:limit(user, 3, name)),
    ?assertEqual("#user{name=1, more='...'}", text(#user{name = 1})),
    ?assertEqual(ok, recon_rec:limit(user, 3, [age, name])),
    ?assertEqual("#user{name=1, age=0, more='...'}", text(#user{name = 1})),
    ?assertEqual(ok, recon_rec:limit(user, 3, all)),
    ?assertEqual("#user{}", text(#user{name = 1})),
    ?assertEqual([], recon_rec:clear(lists)),
    ?assertEqual([true], recon_rec:clear(?MODULE)),
    ?assertEqual([], recon_rec:get_list()),
    ?assertEqual(ok, recon_rec:clear()).

unknown_module_test() -> ?assertError(_, recon_rec:import(no_such_module_of_records)).

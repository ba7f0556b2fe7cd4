-module(transom_reload_text_tests).

-include_lib("eunit/include/eunit.hrl").
-include("reloading.hrl").

rehearsal_test() ->
    Failed = [{self(), {error, function_clause, [{m, code_change, 3, [{file, "m.erl"}, {line, 40}]}]}} || _ <- [1, 2, 3]],
    ?assertEqual("m: 412 of 415 states convert; 3 fail: function_clause at line 40",
                 lists:flatten(transom_reload_text:rehearsal(m, #{converted => 412, failed => Failed, silent => []}))).

text_test() ->
    Report = #{result => refused, refusals => [{'R001', m, 2, <<"2 process(es) in old code of m">>}],
               modules => [#{module => m, unchanged => false, from => 1, to => 2, functions => [{f, 1, changed, <<16#12345678:32, 0:96>>}, {g, 0, same, <<0:128>>}],
                             records => [{r, [a], [b], true}], lost => [{h, 2, [{n, k, 1}, o]}]}]},
    ?assertEqual("module m: version 1 to 2\n  changed f/1  12345678\n  same: 1 function(s)\n"
                 "  record r gains a, loses b, changes the order of its fields\n  export h/2 vanishes, called by n:k/1, o\n"
                 "R001: 2 process(es) in old code of m\n"
                 "  mend: wait until nobody is in it (--wait), or let them be killed (--force)\nrefused, nothing was changed\n",
                 lists:flatten(transom_reload_text:format(Report))),
    ?assertMatch(#{<<"refusals">> := [#{<<"code">> := <<"R001">>, <<"count">> := 2}]},
                 json:decode(iolist_to_binary(transom_reload_text:json(Report)))).

reports_test_() ->
    each([{reports, fun reports/1}]).

reports(Dir) ->
    first(Dir, ra, value("1")),
    {ok, R} = transom_reload:plan([file(Dir, ra, value("2"))]),
    Text = lists:flatten(transom_reload:format(R)),
    "module ra: version" ++ _ = Text,
    true = string:find(Text, "changed v/0") =/= nomatch,
    #{<<"result">> := <<"plan">>, <<"modules">> := [#{<<"module">> := <<"ra">>}]} = json:decode(iolist_to_binary(transom_reload_text:json(R))).

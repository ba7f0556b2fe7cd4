-module(erl_expand_records_tests).
-include_lib("eunit/include/eunit.hrl").

%% The value of an expression with the record st{a = 1, b, c = x}.
value(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    {ok, Exprs} = erl_parse:parse_exprs(Tokens),
    Record = {attribute, 1, record, {st, [{record_field, 1, {atom, 1, a}, {integer, 1, 1}}, {record_field, 1, {atom, 1, b}},
                                          {record_field, 1, {atom, 1, c}, {atom, 1, x}}]}},
    Function = {function, 1, f, 0, [{clause, 1, [], [], Exprs}]},
    [_, {function, _, f, 0, [{clause, _, [], [], Expanded}]}] = erl_expand_records:module([Record, Function], []),
    {value, V, _} = erl_eval:exprs(Expanded, []),
    V.

construction_test() ->
    ?assertEqual({st, 1, undefined, x}, value("#st{}.")),
    ?assertEqual({st, 1, 5, x}, value("#st{b = 5}.")),
    ?assertEqual({st, 7, 5, 7}, value("#st{b = 5, _ = 7}.")).

access_test() ->
    ?assertEqual(1, value("(#st{})#st.a.")),
    ?assertEqual(3, value("#st.b.")),
    ?assertError({badrecord, no}, value("X = no, X#st.a.")).

update_test() ->
    ?assertEqual({st, 9, undefined, y}, value("R = #st{}, R#st{c = y, a = 9}.")),
    ?assertError({badrecord, {st, 1}}, value("R = {st, 1}, R#st{a = 2}.")).

pattern_test() ->
    ?assertEqual(4, value("#st{b = B} = #st{b = 4}, B.")),
    ?assertEqual(yes, value("case #st{a = 2} of #st{a = 1} -> no; #st{} -> yes end.")).

guard_test() ->
    ?assertEqual(yes, value("R = #st{}, if R#st.a =:= 1, is_record(R, st) -> yes; true -> no end.")),
    ?assertEqual(false, value("is_record({st, 1}, st).")).

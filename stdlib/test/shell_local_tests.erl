-module(shell_local_tests).
-include_lib("eunit/include/eunit.hrl").

form(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    {ok, Form} = erl_parse:parse_form(Tokens),
    Form.

exprs(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    {ok, Es} = erl_parse:parse_exprs(Tokens),
    Es.

table(Forms) ->
    Table = shell_local:new(),
    [ok = shell_local:define(Table, form(F)) || F <- Forms],
    Table.

records_test() ->
    T = table(["-record(p, {x = 1, y}).", "-record(q, {z}).", "-record(q, {a, b})."]),
    ?assertEqual([{p, [x, y]}, {q, [a, b]}], shell_local:record_fields(T)),
    {error, Twice} = shell_local:define(T, form("-record(r, {a, a}).")),
    ?assertEqual("field a already defined in record r", lists:flatten(Twice)),
    ok = shell_local:rf(T, p),
    ?assertEqual([q], [N || {N, _} <- shell_local:record_fields(T)]).

expand_test() ->
    T = table(["-record(p, {x = 1, y})."]),
    {ok, [E]} = shell_local:expand_records(T, exprs("#p{y = 2}.")),
    ?assertEqual({value, {p, 1, 2}, #{}}, erl_eval:expr(E, #{})),
    ?assertMatch({error, _, _, {undefined_record, q}}, shell_local:expand_records(T, exprs("#q{}."))),
    ?assertMatch({error, _, _, {undefined_field, p, z}}, shell_local:expand_records(T, exprs("#p{z = 1}."))),
    ?assertMatch({error, _, _, {redefine_field, p, x}}, shell_local:expand_records(T, exprs("#p{x = 1, x = 2}."))),
    ?assertEqual({ok, exprs("a + 1.")}, shell_local:expand_records(T, exprs("a + 1."))).

functions_test() ->
    T = table(["-record(p, {x}).", "f(#p{x = X}) -> X.", "-spec f(tuple()) -> term().", "g() -> ok."]),
    ?assertEqual([{f, 1}, {g, 0}], shell_local:functions(T)),
    {ok, Expr} = shell_local:function(T, f, 1),
    {value, F, _} = erl_eval:expr(Expr, #{}),
    ?assertEqual(7, F({p, 7})),
    ?assertEqual(error, shell_local:function(T, f, 2)),
    ok = shell_local:ff(T, {f, 1}),
    ?assertEqual([{g, 0}], shell_local:functions(T)),
    ok = shell_local:fl(T),
    ?assertEqual({[], []}, {shell_local:functions(T), shell_local:record_fields(T)}).

other_forms_test() ->
    ?assertMatch({error, _}, shell_local:define(shell_local:new(), form("-export([a/1])."))).

settings_test() ->
    T = shell_local:new(),
    ?assertEqual(none, shell_local:get(T, key, none)),
    ok = shell_local:put(T, key, 1),
    ?assertEqual(1, shell_local:get(T, key, none)).

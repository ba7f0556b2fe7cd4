-module(erl_parse_tests).
-include_lib("eunit/include/eunit.hrl").

tokens(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text, {1, 1}),
    Tokens.

exprs_test() ->
    ?assertEqual({ok, [{match, {1, 1}, {var, {1, 1}, 'X'}, {op, {1, 7}, '+', {integer, {1, 5}, 1}, {integer, {1, 9}, 2}}},
                       {call, {1, 12}, {remote, {1, 13}, {atom, {1, 12}, m}, {atom, {1, 14}, f}}, [{var, {1, 16}, 'X'}]}]},
                 erl_parse:parse_exprs(tokens("X = 1 + 2, m:f(X)."))),
    {ok, Lines, _} = erl_scan:string("f(X)."),
    ?assertEqual({ok, [{call, 1, {atom, 1, f}, [{var, 1, 'X'}]}]}, erl_parse:parse_exprs(Lines)).

form_test() ->
    ?assertEqual({ok, {function, {1, 1}, f, 1, [{clause, {1, 1}, [{var, {1, 3}, 'X'}], [[{atom, {1, 11}, true}]], [{var, {1, 19}, 'X'}]}]}},
                 erl_parse:parse_form(tokens("f(X) when true -> X."))),
    ?assertEqual({ok, {attribute, {1, 2}, module, m}}, erl_parse:parse_form(tokens("-module(m).")))
.

term_test() ->
    ?assertEqual({ok, {a, [1, "x" | b], #{k => -1.5}, <<"hi">>, $c}}, erl_parse:parse_term(tokens("{a, [1, \"x\" | b], #{k => -1.5}, <<\"hi\">>, $c}."))),
    ?assertMatch({error, {_, erl_parse, _}}, erl_parse:parse_term(tokens("f(x)."))).

errors_test() ->
    ?assertEqual({error, {{1, 5}, erl_parse, ["syntax error before: ", "bar"]}}, erl_parse:parse_exprs(tokens("foo bar."))),
    {error, {_, M, What}} = erl_parse:parse_exprs(tokens("foo bar.")),
    ?assertEqual("syntax error before: bar", lists:flatten(M:format_error(What))).

abstract_test() ->
    Term = {a, [1, x], "str", <<1, 2>>, 1.5, #{k => v}, []},
    Abstract = erl_parse:abstract(Term),
    ?assertEqual({tuple, 0, [{atom, 0, a}, {cons, 0, {integer, 0, 1}, {cons, 0, {atom, 0, x}, {nil, 0}}}, {string, 0, "str"},
                             {bin, 0, [{bin_element, 0, {integer, 0, 1}, default, default}, {bin_element, 0, {integer, 0, 2}, default, default}]},
                             {float, 0, 1.5}, {map, 0, [{map_field_assoc, 0, {atom, 0, k}, {atom, 0, v}}]}, {nil, 0}]}, Abstract),
    ?assertEqual(Term, erl_parse:normalise(Abstract)),
    ?assertEqual({atom, 7, x}, erl_parse:abstract(x, 7)),
    ?assertEqual({cons, 3, {integer, 3, 1}, {string, 3, "ab"}}, erl_parse:abstract([1 | "ab"], [{line, 3}, {encoding, fun(C) -> C > 31 end}])),
    ?assertEqual(-1, erl_parse:normalise({op, 1, '-', {integer, 1, 1}})),
    ?assertError(_, erl_parse:normalise({var, 1, 'X'})).

tokens_test() ->
    ?assertEqual([{'{', 1}, {atom, 1, a}, {',', 1}, {'[', 1}, {integer, 1, 1}, {'|', 1}, {atom, 1, b}, {']', 1}, {'}', 1}],
                 erl_parse:tokens(erl_parse:abstract({a, [1 | b]}, 1))).

annos_test() ->
    {ok, Form} = erl_parse:parse_form(tokens("f(X) ->\n #r{a = <<X:8/little>>}, fun m:g/1, fun h/2.")),
    Lines = erl_parse:map_anno(fun erl_anno:line/1, Form),
    ?assertEqual({function, 1, f, 1, [{clause, 1, [{var, 1, 'X'}], [],
                  [{record, 2, r, [{record_field, 2, {atom, 2, a}, {bin, 2, [{bin_element, 2, {var, 2, 'X'}, {integer, 2, 8}, [little]}]}}]},
                   {'fun', 2, {function, {atom, 2, m}, {atom, 2, g}, {integer, 2, 1}}}, {'fun', 2, {function, h, 2}}]}]}, Lines),
    ?assertEqual([1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], lists:sort(erl_parse:fold_anno(fun(A, Acc) -> [A | Acc] end, [], Lines))),
    {New, N} = erl_parse:mapfold_anno(fun(_, K) -> {K, K + 1} end, 1, {tuple, 9, [{atom, 9, a}, {nil, 9}]}),
    ?assertEqual({{tuple, 1, [{atom, 2, a}, {nil, 3}]}, 4}, {New, N}).

precedence_test() ->
    ?assertEqual([{150, 100, 100}, {400, 400, 500}, {300, 200, 300}], [erl_parse:inop_prec(O) || O <- ['=', '+', '==']]),
    ?assertEqual({600, 700}, erl_parse:preop_prec('not')).

-module(erl_lint_tests).
-include_lib("eunit/include/eunit.hrl").

forms(Text) -> forms(string:split(Text, ".\n", all), 1).

forms([""], _) -> [];
forms([Text | Rest], Line) ->
    {ok, Tokens, _} = erl_scan:string(Text ++ ".", {Line, 1}),
    {ok, Form} = erl_parse:parse_form(Tokens),
    [Form | forms(Rest, Line + 1)].

good_test() ->
    ?assertEqual({ok, []}, erl_lint:module(forms("-module(m).\n-export([f/1]).\nf(X) -> X.\n"), "m.erl", [])).

errors_and_warnings_test() ->
    Forms = forms("-module(m).\n-export([f/1, g/0]).\nf(X) -> Y.\nh() -> #r{}.\n"),
    {error, [{"m.erl", Errors}], [{"m.erl", Warnings}]} = erl_lint:module([{attribute, 1, file, {"m.erl", 1}} | Forms], "m.erl", []),
    ?assertEqual([{{2, 2}, erl_lint, {undefined_function, {g, 0}}}, {{3, 9}, erl_lint, {unbound_var, 'Y'}}, {{4, 8}, erl_lint, {undefined_record, r}}],
                 lists:sort(Errors)),
    ?assertEqual([{{3, 3}, erl_lint, {unused_var, 'X'}}, {{4, 1}, erl_lint, {unused_function, {h, 0}}}], lists:sort(Warnings)),
    ?assertEqual(["function g/0 undefined", "variable 'Y' is unbound", "record r undefined"],
                 [lists:flatten(M:format_error(W)) || {_, M, W} <- lists:sort(Errors)]).

guards_test() ->
    Expr = fun(Text) -> {ok, Ts, _} = erl_scan:string(Text ++ "."), {ok, [E]} = erl_parse:parse_exprs(Ts), E end,
    ?assertEqual([true, true, true, false, false], [erl_lint:is_guard_test(Expr(T)) || T <- ["is_atom(X)", "X > 1", "true", "foo(X)", "lists:member(X, Y)"]]),
    ?assertEqual([true, false, true], [erl_lint:is_guard_expr(Expr(T)) || T <- ["X + hd(Y)", "f()", "{a, [X]}"]]),
    ?assertEqual([true, false, false], [erl_lint:is_pattern_expr(Expr(T)) || T <- ["1 + 2", "{a, 1}", "f()"]]).

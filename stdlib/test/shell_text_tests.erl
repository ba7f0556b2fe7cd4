-module(shell_text_tests).
-include_lib("eunit/include/eunit.hrl").

table() ->
    Table = shell_local:new(),
    shell_local:define(Table, {attribute, 1, record, {p, [{record_field, 1, {atom, 1, x}}]}}),
    Table.

text(Chars) -> unicode:characters_to_list(Chars).

values_test() ->
    T = table(),
    ?assertEqual("#p{x = 1}", text(shell_text:value({p, 1}, T))),
    ?assertEqual("{p,1,2}", text(shell_text:value({p, 1, 2}, T))),
    ?assertEqual("Name = [1]\n", text(shell_text:binding('Name', [1], T))),
    ?assertNot(lists:member($., text(shell_text:whole(lists:seq(1, 100), T)))),
    ?assert(lists:suffix("|...]", text(shell_text:value(lists:seq(1, 100), T)))).

exceptions_test() ->
    T = table(),
    ?assertEqual("** exception throw: ball\n", text(shell_text:exception(throw, ball, [], false, T))),
    ?assertEqual("* exception error: no match of right hand side value 1\n", text(shell_text:exception(error, {badmatch, 1}, [], true, T))),
    ?assertEqual("** exception exit: restricted shell does not allow m:f(1)\n",
                 text(shell_text:exception(exit, {restricted_shell_disallowed, {{m, f}, [1]}}, [], false, T))),
    ?assertEqual("** exception exit: gone\n", text(shell_text:exit_of_evaluator(gone, T))).

syntax_test() ->
    ?assertEqual("* 1:2: wrong\n", text(shell_text:syntax_error({1, 2}, "wrong", "x y."))).

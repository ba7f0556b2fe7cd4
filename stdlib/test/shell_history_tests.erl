-module(shell_history_tests).
-include_lib("eunit/include/eunit.hrl").

exprs(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    {ok, Es} = erl_parse:parse_exprs(Tokens),
    Es.

%% Three commands: 1 answered 10, 2 failed, of 3 the answer is gone.
commands() ->
    [{3, exprs("c."), dropped}, {2, exprs("b, bb."), {'EXIT', why}}, {1, exprs("a."), {value, 10}}].

values_test() ->
    {ok, [{value, _, 10}], [{call, _, {atom, _, v}, [{integer, _, 1}]}]} = shell_history:expand(exprs("v(1)."), 4, commands()),
    {ok, [{value, _, {'EXIT', why}}], [Shown]} = shell_history:expand(exprs("v(-2)."), 4, commands()),
    ?assertMatch({call, _, {atom, _, v}, [{integer, _, 2}]}, Shown),
    {ok, [{tuple, _, [{value, _, 10}, {atom, _, x}]}], _} = shell_history:expand(exprs("{v(1), x}."), 4, commands()).

commands_again_test() ->
    {ok, [{block, _, [{atom, _, b}, {atom, _, bb}]}], _} = shell_history:expand(exprs("e(2)."), 4, commands()),
    {ok, [{tuple, _, [{block, _, [_, _]}]}], _} = shell_history:expand(exprs("{e(2)}."), 4, commands()),
    {ok, [{tuple, _, [{atom, _, a}]}], _} = shell_history:expand(exprs("{e(-3)}."), 4, commands()).

missing_test() ->
    Missing = fun(Text) ->
        {error, Chars} = shell_history:expand(exprs(Text), 4, commands()),
        lists:flatten(Chars)
    end,
    ?assertEqual("* 9: command not found", Missing("v(9).")),
    ?assertEqual("* -7: command not found", Missing("e(-7).")),
    ?assertEqual("* 3: command not found", Missing("v(3).")).

bounds_test() ->
    Add = fun(N, Cs) -> shell_history:add(N, [], {value, N}, Cs, 3, 1) end,
    ?assertEqual([{5, [], {value, 5}}, {4, [], dropped}, {3, [], dropped}], lists:foldl(Add, [], lists:seq(1, 5))).

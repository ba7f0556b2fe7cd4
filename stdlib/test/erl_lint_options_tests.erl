%% Options, formats and expressions of erl_lint; texts and tokens of the parser: answers recorded from erl.
-module(erl_lint_options_tests).
-include_lib("eunit/include/eunit.hrl").

exprs(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    {ok, Exprs} = erl_parse:parse_exprs(Tokens),
    Exprs.

%% A function that hands out these answers, one a call.
source(Answers) ->
    put(?MODULE, Answers),
    {fun() ->
             [Next | Rest] = get(?MODULE),
             put(?MODULE, Rest),
             Next
     end, []}.

options_test() ->
    ?assertEqual([true,true,false,true,false,x],
                 [erl_lint:bool_option(a, na, D, O) || {D, O} <- [{true, []}, {false, [a]}, {true, [na]}, {false, [na, a]}, {true, [a, na]}, {x, []}]]),
    ?assertEqual([d,1,2,d,d],
                 [erl_lint:value_option(a, D, O) || {D, O} <- [{d, []}, {d, [{a, 1}]}, {d, [{a, 1}, {a, 2}]}, {d, [a]}, {d, [{b, 1}]}]]),
    ?assertEqual([d,1,0,5,1,0,1],
                 [erl_lint:value_option(w, d, won, 1, noow, 0, O) || O <- [[], [won], [noow], [{w, 5}], [{w, 5}, won], [won, {w, 5}, noow], [noow, won]]]).

formats_test() ->
    ?assertEqual({ok,[]}, erl_lint:check_format_string("")),
    ?assertEqual({ok,[term]}, erl_lint:check_format_string("~p")),
    ?assertEqual({ok,[term]}, erl_lint:check_format_string("~p~n")),
    ?assertEqual({error,"invalid control ~z"}, erl_lint:check_format_string("~z")),
    ?assertEqual({error,"truncated"}, erl_lint:check_format_string("~")),
    ?assertEqual({ok,[float]}, erl_lint:check_format_string("~5.3.0f")),
    ?assertEqual({ok,[int,term]}, erl_lint:check_format_string("~*p")),
    ?assertEqual({ok,[string,string,term]}, erl_lint:check_format_string("~s~ts~tp")),
    ?assertEqual({error,"invalid control ~a"}, erl_lint:check_format_string("~a")),
    ?assertEqual({ok,[]}, erl_lint:check_format_string("~~")),
    ?assertEqual({error,"invalid control ~tz"}, erl_lint:check_format_string("~tz")),
    ?assertEqual({error,"truncated"}, erl_lint:check_format_string("~5")),
    ?assertEqual({ok,[string]}, erl_lint:check_format_string("~-10s")),
    ?assertEqual({error,"invalid control ~l"}, erl_lint:check_format_string("~l")),
    ?assertEqual({ok,[term]}, erl_lint:check_format_string("~lp")),
    ?assertEqual({error,"truncated"}, erl_lint:check_format_string("~n~")),
    ?assertEqual({ok,[int,string]}, erl_lint:check_format_string("~.*s")),
    ?assertEqual({ok,[int]}, erl_lint:check_format_string("~tc")),
    ?assertEqual({ok,[int]}, erl_lint:check_format_string("~.16b")),
    ?assertEqual({ok,[int,float]}, erl_lint:check_format_string("~10.*.0f")),
    ?assertEqual({ok,[int,term,term,int,term,int,int,int,int,string,int,string,term,term,term,float,float]},
                 erl_lint:check_format_string("~c~w~W~P~b~B~x~X~+~#~i~e~g")),
    ?assertEqual({ok,[term]}, erl_lint:check_format_string(<<"~p">>)),
    ?assertEqual({ok,[term]}, erl_lint:check_format_string('~p')).

exprs_test() ->
    ?assertEqual({error,[{"nofile",[{1,erl_lint,{unbound_var,'X'}}]}],[]}, erl_lint:exprs_opt(exprs("X."), [], [])),
    ?assertEqual({ok,[]}, erl_lint:exprs_opt(exprs("X = 1, Y = 2."), [], [])),
    ?assertEqual({ok,[]}, erl_lint:exprs_opt(exprs("X + 1."), [{'X', 1}], [])),
    ?assertEqual({error,[{"nofile",[{1,erl_lint,{unbound_var,'Y'}}]}],[]}, erl_lint:exprs_opt(exprs("X = Y."), [{'X', 1}], [])),
    ?assertEqual({ok,[]}, erl_lint:exprs_opt(exprs("foo()."), [], [])),
    ?assertEqual({error,[{"nofile",[{1,erl_lint,{undefined_record,r}}]}],[]}, erl_lint:exprs_opt(exprs("#r{}."), [], [])),
    ?assertEqual({error,[{"nofile",[{1,erl_lint,{unbound_var,'X'}}]}],[]}, erl_lint:exprs_opt(exprs("if X -> 1 end."), [], [])).

used_vars_test() ->
    ?assertEqual(#{}, erl_lint:used_vars(exprs("X + Y."), [{'X', 1}])),
    ?assertEqual(#{[{clause,1,[{var,1,'Z'}],[],[{var,1,'X'}]}] => {['X'],#{}}},
                 erl_lint:used_vars(exprs("fun(Z) -> X end."), [{'X', 1}, {'Z', 2}])),
    ?assertEqual(#{[{clause,1,[],[],[{var,1,'X'}]}] => {['X'],#{}}}, erl_lint:used_vars(exprs("fun() -> X end."), [{'X', 1}])),
    ?assertEqual(#{[{clause,1,[],[],[{var,1,'B'}]}] => {['B'],#{}},[{clause,1,[{var,1,'A'}],[],[{op,1,'+',{var,1,'A'},{var,1,'B'}}]}] => {['B'],#{}}},
                 erl_lint:used_vars(exprs("lists:map(fun(A) -> A+B end, [fun() -> B end])."), [{'B', 1}])),
    ?assertEqual(#{[{clause,1,[],[],[{var,1,'A'}]}] => {['A'],#{}}}, erl_lint:used_vars(exprs("A = 1, fun() -> A end."), [])),
    ?assertEqual(#{}, erl_lint:used_vars(exprs("fun f/1."), [])),
    ?assertEqual(#{[{clause,1,[{var,1,'X'}],[],[{var,1,'X'}]}] => {[],#{}}}, erl_lint:used_vars(exprs("fun(X) -> X end."), [{'X', 1}])).

parse_and_scan_test() ->
    ?assertEqual({ok,{function,1,f,0,[{clause,1,[],[],[{atom,1,x}]}]}},
                 erl_parse:parse_and_scan(source([{ok, [{atom, 1, f}, {'(', 1}], 1}, {ok, [{')', 1}, {'->', 1}, {atom, 1, x}, {dot, 1}], 1}, {eof, 2}]))),
    ?assertEqual({error,{1,erl_scan,foo}}, erl_parse:parse_and_scan(source([{error, {1, erl_scan, foo}, 2}]))),
    ?assertError(undef, erl_parse:parse_and_scan({lists, foo, []})).

eval_str_test() ->
    ?assertEqual({ok,3}, erl_eval:eval_str("1+2.\n")),
    ?assertEqual({error,"Incomplete form (missing .<cr>)??"}, erl_eval:eval_str("foo(\n")),
    ?assertEqual({ok,1}, erl_eval:eval_str("X = 1, X.\n")),
    ?assertEqual({error,"Incomplete form (missing .<cr>)??"}, erl_eval:eval_str("\n")),
    ?assertEqual({error,"Non-white space found after end-of-form :2.\n"}, erl_eval:eval_str("1. 2.\n")),
    ?assertEqual({error,"*** eval: {'EXIT',a}"}, erl_eval:eval_str("exit(a).\n")),
    ?assertEqual({error,"*** eval: b"}, erl_eval:eval_str("throw(b).\n")),
    ?assertEqual({error,"Incomplete form (missing .<cr>)??"}, erl_eval:eval_str("1\n")),
    ?assertEqual({ok,"abc"}, erl_eval:eval_str("\"abc\".\n")),
    ?assertEqual({ok,{a,[b,"c"]}}, erl_eval:eval_str("{a,[b,\"c\"]}. ")),
    ?assertEqual({error,"*** syntax error before: bar"}, erl_eval:eval_str("foo bar.\n")),
    ?assertEqual({ok,97}, erl_eval:eval_str("$a. \n \n")),
    ?assertEqual({error,"Incomplete form (missing .<cr>)??"}, erl_eval:eval_str("1.")),
    ?assertEqual({error,"Non-white space found after end-of-form :x\n"}, erl_eval:eval_str("1.\nx\n")),
    ?assertEqual({ok,3}, erl_eval:eval_str(<<"1+2.\n">>)).

latin1_test() ->
    ?assertEqual(["\"a\\n\\\"b\"","'a\\'b'","\"\"","\"ä\""],
                 [io_lib:write_latin1_string(T, Q) || {T, Q} <- [{"a\n\"b", $"}, {"a'b", $'}, {"", $"}, {[228], $"}]]),
    ?assertError(function_clause, io_lib:write_latin1_string([1024], $")).

%% Evaluating abstract code: bindings, handlers for functions and values, errors, constants.
-module(erl_eval_all).
-include("../show.hrl").

start() ->
    show(fun() -> [erl_eval:new_bindings(), erl_eval:add_binding('X', 1, erl_eval:new_bindings()), erl_eval:add_binding('X', 1, [{'Y', 2}])] end),  % expect: [[],[{'X',1}],[{'X',1},{'Y',2}]]
    show(fun() -> [erl_eval:binding('X', [{'X', 1}]), erl_eval:binding('Y', [{'X', 1}]), erl_eval:binding('X', #{'X' => 1})] end),  % expect: [{value,1},unbound,{value,1}]
    show(fun() -> [erl_eval:bindings([{'X', 1}]), erl_eval:bindings(#{'X' => 1})] end),  % expect: [[{'X',1}],[{'X',1}]]
    show(fun() -> [erl_eval:del_binding('X', [{'X', 1}, {'Y', 2}]), erl_eval:del_binding('X', #{'X' => 1})] end),  % expect: [[{'Y',2}],#{}]
    show(fun() -> sorted(erl_eval:exprs(exprs("X = 1 + Y, {X, Z = 3}."), [{'Y', 4}])) end),  % expect: {value,{5,3},[{'X',5},{'Y',4},{'Z',3}]}
    show(fun() -> erl_eval:exprs(exprs("X."), []) end),  % expect: error {unbound_var,'X'}
    show(fun() -> erl_eval:exprs(exprs("1 + a."), []) end),  % expect: error badarith
    show(fun() -> erl_eval:exprs(exprs("X = 1, X = 2."), []) end),  % expect: error {badmatch,2}
    show(fun() -> erl_eval:exprs(exprs("case 1 of 2 -> a end."), []) end),  % expect: error {case_clause,1}
    show(fun() -> erl_eval:exprs(exprs("if false -> a end."), []) end),  % expect: error if_clause
    show(fun() -> erl_eval:exprs(exprs("F = fun(X) when X > 0 -> X end, F(0)."), []) end),  % expect: error function_clause
    show(fun() -> erl_eval:exprs(exprs("foo(1)."), []) end),  % expect: error undef
    show(fun() -> erl_eval:exprs(exprs("lists:nothing(1)."), []) end),  % expect: error undef
    show(fun() -> erl_eval:exprs(exprs("try error(a) catch error:R -> R after put(x, 1) end."), []) end),  % expect: {value,a,[{'R',a}]}
    show(fun() -> erl_eval:exprs(exprs("[X * 2 || X <- [1, 2, 3], X > 1]."), []) end),  % expect: {value,[4,6],[]}
    show(fun() -> erl_eval:exprs(exprs("<< <<(X + 1)>> || <<X>> <= <<1, 2>> >>."), []) end),  % expect: {value,<<2,3>>,[]}
    show(fun() -> erl_eval:exprs(exprs("#{a => 1, b => 2}."), []) end),  % expect: {value,#{a => 1,b => 2},[]}
    show(fun() -> erl_eval:exprs(exprs("M = #{a => 1}, #{a := V} = M, V."), #{}) end),  % expect: {value,1,#{'M' => #{a => 1},'V' => 1}}
    show(fun() -> erl_eval:exprs(exprs("receive X -> X after 0 -> none end."), []) end),  % expect: {value,none,[]}
    show(fun() -> erl_eval:exprs(exprs("catch throw(x)."), []) end),  % expect: {value,x,[]}
    show(fun() -> erl_eval:exprs(exprs("begin A = 1, B = A + 1 end."), []) end),  % expect: {value,2,[{'A',1},{'B',2}]}
    show(fun() -> erl_eval:exprs(exprs("<<A:4, B:4>> = <<16#ab>>, {A, B}."), []) end),  % expect: {value,{10,11},[{'A',10},{'B',11}]}
    show(fun() -> element(2, erl_eval:exprs(exprs("F = fun Fact(0) -> 1; Fact(N) -> N * Fact(N - 1) end, F(5)."), [])) end),  % expect: 120
    show(fun() -> erl_eval:expr(expr("1 + 2."), []) end),  % expect: {value,3,[]}
    show(fun() -> erl_eval:expr(expr("double(4)."), [], {value, fun(double, [X]) -> X * 2 end}) end),  % expect: {value,8,[]}
    show(fun() -> erl_eval:expr(expr("double(2 + 2)."), [], {eval, fun(double, [A], Bs) -> {value, V, Bs1} = erl_eval:expr(A, Bs), {value, V * 2, Bs1} end}) end),  % expect: {value,8,[]}
    show(fun() -> erl_eval:expr(expr("lists:sum([1])."), [], none, {value, fun({lists, sum}, [L]) -> {faked, L}; (F, As) -> apply(F, As) end}) end),  % expect: {value,{faked,[1]},[]}
    show(fun() -> erl_eval:expr(expr("1 + 2."), [], none, {value, fun({erlang, '+'}, [A, B]) -> {plus, A, B} end}) end),  % expect: {value,{plus,1,2},[]}
    show(fun() -> erl_eval:expr(expr("{x, 1}."), [], none, none, value) end),  % expect: {x,1}
    show(fun() -> erl_eval:expr(expr("{x, 1}."), [], none, none, none) end),  % expect: {value,{x,1},[]}
    show(fun() -> sorted(erl_eval:exprs(exprs("A = 1, double(A)."), [], {value, fun(double, [X]) -> X * 2 end})) end),  % expect: {value,2,[{'A',1}]}
    show(fun() -> sorted(erl_eval:exprs(exprs("A = 1, lists:max([A])."), [], none, {value, fun(F, As) -> {called, F, As} end})) end),  % expect: {value,{called,{lists,max},[[1]]},[{'A',1}]}
    show(fun() -> erl_eval:expr_list(exprs("1, a, [b]."), []) end),  % expect: {[1,a,[b]],[]}
    show(fun() -> erl_eval:expr_list(exprs("f(1), 2."), [], {value, fun(f, [X]) -> {f, X} end}) end),  % expect: {[{f,1},2],[]}
    show(fun() -> erl_eval:expr_list(exprs("m:f(1), 2."), [], none, {value, fun(F, As) -> {F, As} end}) end),  % expect: {[{{m,f},[1]},2],[]}
    show(fun() -> erl_eval:check_command(exprs("X."), []) end),  % expect: {error,{1,erl_lint,{unbound_var,'X'}}}
    show(fun() -> erl_eval:check_command(exprs("X = 1, X."), []) end),  % expect: ok
    show(fun() -> erl_eval:check_command(exprs("X."), [{'X', 1}]) end),  % expect: ok
    show(fun() -> [erl_eval:is_constant_expr(expr(E)) || E <- ["1.", "{a, \"b\"}.", "X.", "1 + 2.", "f().", "[1 | 2].", "<<1>>.", "#{a => 1}."]] end),  % expect: [true,false,false,true,false,false,false,false]
    show(fun() -> [erl_eval:partial_eval(expr(E)) || E <- ["1 + 2.", "X + 1 * 2.", "{1 + 1, Y}.", "-3.", "f(1 + 1)."]] end),  % expect: [{integer,1,3},{op,1,'+',{var,1,'X'},{op,1,'*',{integer,1,1},{integer,1,2}}},{tuple,1,[{op,1,'+',{integer,1,1},{integer,1,1}},{var,1,'Y'}]},{integer,1,-3},{call,1,{atom,1,f},[{op,1,'+',{integer,1,1},{integer,1,1}}]}]
    show(fun() -> erl_eval:match_clause([{clause, 1, [{var, 1, 'X'}], [], [{atom, 1, body}]}], [7], [], none) end),  % expect: {[{atom,1,body}],[{'X',7}]}
    show(fun() -> erl_eval:match_clause([{clause, 1, [{integer, 1, 8}], [], [{atom, 1, body}]}], [7], [], none) end),  % expect: nomatch
    show(fun() -> fun_data(erl_eval:exprs(exprs("Y = 1, fun(X) -> X + Y end."), [])) end),  % expect: {fun_data,[{'Y',1}],[{clause,1,[{var,1,'X'}],[],[{op,1,'+',{var,1,'X'},{var,1,'Y'}}]}]}
    show(fun() -> fun_data(erl_eval:exprs(exprs("fun G(X) -> G(X) end."), [])) end),  % expect: {named_fun_data,[],'G',[{clause,1,[{var,1,'X'}],[],[{call,1,{var,1,'G'},[{var,1,'X'}]}]}]}
    show(fun() -> erl_eval:fun_data(fun(X) -> X end) end),  % expect: false
    show(fun() -> erl_eval:fun_data(fun lists:map/2) end),  % expect: false
    show(fun() -> erl_eval:extended_parse_exprs(text_tokens("fun lists:map/2.")) end),  % expect: {ok,[{'fun',1,{function,{atom,1,lists},{atom,1,map},{integer,1,2}}}]}
    show(fun() -> erl_eval:extended_parse_exprs(tokens("1 + 2.")) end),  % expect: {ok,[{op,1,'+',{integer,1,1},{integer,1,2}}]}
    show(fun() -> erl_eval:extended_parse_exprs(tokens("1 + .")) end),  % expect: {error,{1,erl_parse,["syntax error before: ","'.'"]}}
    show(fun() -> erl_eval:extended_parse_term(tokens("{a, 1}.")) end),  % expect: {ok,{a,1}}
    show(fun() -> erl_eval:extended_parse_term(tokens("f(x).")) end),  % expect: {error,{1,erl_eval,"bad term"}}
    show(fun() -> [erl_eval:extended_parse_term(text_tokens(T)) || T <- ["<0.1.0>.", "#Fun<lists.map.2>.", "#Port<0.1>.", "#Ref<0.1.2.3>."]] end),  % expect: [{ok,pid},{ok,fun lists:map/2},{ok,port},{ok,ref}]
    show(fun() -> [erl_eval:exprs(exprs(E), []) || E <- ["fun lists:max/1.", "(fun lists:max/1)([1,3,2]).", "apply(lists, max, [[1, 4]]).", "\"a\" ++ \"b\".", "not true.", "1 =:= 1.0.", "$a.", "a andalso b."]] end),  % expect: error {badarg,a}
    show(fun() -> erl_eval:exprs(exprs("#r{a = 1}."), []) end),  % expect: error {undefined_record,r}
    show(fun() -> erl_eval:exprs(exprs("maybe_undefined_function()."), []) end).  % expect: error undef

tokens(S) -> {ok, Ts, _} = erl_scan:string(S), Ts.
text_tokens(S) -> {ok, Ts, _} = erl_scan:string(S, 1, [text]), Ts.
exprs(S) -> {ok, Es} = erl_parse:parse_exprs(tokens(S)), Es.
expr(S) -> hd(exprs(S)).
sorted({value, V, Bs}) -> {value, V, lists:sort(erl_eval:bindings(Bs))}.

fun_data({value, F, _}) ->
    case erl_eval:fun_data(F) of
        {fun_data, Bs, Cs} -> {fun_data, lists:sort(erl_eval:bindings(Bs)), Cs};
        {named_fun_data, Bs, N, Cs} -> {named_fun_data, lists:sort(erl_eval:bindings(Bs)), N, Cs}
    end.

%% Precedences, annotations, errors as text, abstract forms.
-module(erl_parse_more).
-include("../show.hrl").

start() ->
    show(fun() -> [erl_parse:func_prec(), erl_parse:max_prec()] end),  % expect: [{800,700},900]
    show(fun() -> [erl_parse:inop_prec(O) || O <- ['=', '!', 'orelse', 'andalso', '==', '++', '+', '*', ':', '#']] end),  % expect: [{150,100,100},{150,100,100},{160,150,150},{200,160,160},{300,200,300},{400,300,300},{400,400,500},{500,500,600},{900,800,900},{800,700,800}]
    show(fun() -> [erl_parse:preop_prec(O) || O <- ['catch', '+', '-', 'not', 'bnot', '#']] end),  % expect: [{700,100},{600,700},{600,700},{600,700},{600,700},{700,800}]
    show(fun() -> [erl_parse:type_inop_prec(O) || O <- ['=', '::', '|', '..', '+', '*', '#']] end),  % expect: [{150,100,100},{150,150,160},{180,170,170},{300,200,300},{400,400,500},{500,500,600},{800,700,800}]
    show(fun() -> [erl_parse:type_preop_prec(O) || O <- ['+', '-', 'bnot', '#']] end),  % expect: [{600,700},{600,700},{600,700},{700,800}]
    show(fun() -> erl_parse:inop_prec(foo) end),  % expect: error function_clause
    show(fun() -> erl_parse:first_anno(form("f(X) -> X.")) end),  % expect: 1
    show(fun() -> erl_parse:first_anno({integer, 3, 1}) end),  % expect: 3
    show(fun() -> erl_parse:anno_to_term(form("f(X) -> X.")) end),  % expect: {function,1,f,1,[{clause,1,[{var,1,'X'}],[],[{var,1,'X'}]}]}
    show(fun() -> erl_parse:anno_from_term({integer, 3, 1}) end),  % expect: {integer,3,1}
    show(fun() -> erl_parse:anno_from_term([{atom, {1, 2}, a}, {eof, 4}]) end),  % expect: [{atom,{1,2},a},{eof,4}]
    show(fun() -> erl_parse:new_anno({integer, 3, 1}) end),  % expect: {integer,3,1}
    show(fun() -> erl_parse:new_anno(form("f() -> [1, {a}].")) end),  % expect: {function,1,f,0,[{clause,1,[],[],[{cons,1,{integer,1,1},{cons,1,{tuple,1,[{atom,1,a}]},{nil,1}}}]}]}
    show(fun() -> lists:flatten(erl_parse:format_error(["syntax error before: ", "'.'"])) end),  % expect: "syntax error before: '.'"
    show(fun() -> [{lists:flatten(M:format_error(D)), L} || T <- ["f(", "a b.", "1 +.", "case x of end.", "f() -> ."], {error, {L, M, D}} <- [erl_parse:parse_exprs(tokens(T))]] end),  % expect: [{"syntax error before: ",1},{"syntax error before: b",1},{"syntax error before: '.'",1},{"syntax error before: 'end'",1},{"syntax error before: '->'",1}]
    show(fun() -> erl_parse:parse(tokens("f() -> 1.")) end),  % expect: {ok,{function,1,f,0,[{clause,1,[],[],[{integer,1,1}]}]}}
    show(fun() -> erl_parse:parse(tokens("f( -> 1.")) end),  % expect: {error,{1,erl_parse,["syntax error before: ","'->'"]}}
    show(fun() -> erl_parse:tokens(expr("[1, a].")) end),  % expect: [{'[',1},{integer,1,1},{',',1},{atom,1,a},{']',1}]
    show(fun() -> erl_parse:tokens(expr("{a, \"s\", 1.5}."), [{dot, 1}]) end),  % expect: [{'{',1},{atom,1,a},{',',1},{string,1,"s"},{',',1},{float,1,1.5},{'}',1},{dot,1}]
    show(fun() -> erl_parse:tokens(expr("X.")) end),  % expect: [{var,1,'X'}]
    show(fun() -> [erl_parse:abstract(T) || T <- [1, 1.5, a, "str", [1, a], {}, {a, b}, <<"bin">>, <<1:3>>, [], [a | b], #{k => v}]] end),  % expect: [{integer,0,1},{float,0,1.5},{atom,0,a},{string,0,"str"},{cons,0,{integer,0,1},{cons,0,{atom,0,a},{nil,0}}},{tuple,0,[]},{tuple,0,[{atom,0,a},{atom,0,b}]},{bin,0,[{bin_element,0,{integer,0,98},default,default},{bin_element,0,{integer,0,105},default,default},{bin_element,0,{integer,0,110},default,default}]},{bin,0,[{bin_element,0,{integer,0,1},{integer,0,3},default}]},{nil,0},{cons,0,{atom,0,a},{atom,0,b}},{map,0,[{map_field_assoc,0,{atom,0,k},{atom,0,v}}]}]
    show(fun() -> erl_parse:abstract({a, 1}, 7) end),  % expect: {tuple,7,[{atom,7,a},{integer,7,1}]}
    show(fun() -> erl_parse:abstract("ж", [{encoding, latin1}, {line, 3}]) end),  % expect: {cons,3,{integer,3,1078},{nil,3}}
    show(fun() -> erl_parse:abstract("ж", [{encoding, unicode}, {location, {1, 2}}]) end),  % expect: {string,{1,2},[1078]}
    show(fun() -> erl_parse:abstract(self()) end),  % expect: error function_clause
    show(fun() -> erl_parse:abstract(x, foo) end),  % expect: error badarg
    show(fun() -> [erl_parse:normalise(expr(E)) || E <- ["{a, \"b\"}.", "<<\"x\">>.", "-1.", "+1.", "[1 | 2].", "#{a => 1}.", "$x."]] end),  % expect: [{a,"b"},<<"x">>,-1,1,[1|2],#{a => 1},120]
    show(fun() -> [erl_parse:parse_term(tokens(T)) || T <- ["- $a.", "+ 1.5.", "+ a.", "+ -1.", "- -1.", "#{a => 1, b := 2}."]] end),  % expect: [{ok,-97},{ok,1.5},{error,{1,erl_parse,"bad term"}},{error,{1,erl_parse,"bad term"}},{error,{1,erl_parse,"bad term"}},{error,{1,erl_parse,"bad term"}}]
    show(fun() -> erl_parse:normalise(expr("#{a := 1}.")) end),  % expect: error {badarg,{map,1,[{map_field_exact,1,{atom,1,a},{integer,1,1}}]}}
    show(fun() -> erl_parse:parse_form(tokens("-foo(+ a).")) end),  % expect: {error,{1,erl_parse,"bad attribute"}}
    show(fun() -> erl_parse:normalise(expr("f().")) end),  % expect: error {badarg,{call,1,{atom,1,f},[]}}
    show(fun() -> erl_parse:map_anno(fun(A) -> A + 10 end, form("f(X) -> X.")) end),  % expect: {function,11,f,1,[{clause,11,[{var,11,'X'}],[],[{var,11,'X'}]}]}
    show(fun() -> erl_parse:fold_anno(fun(A, N) -> A + N end, 0, form("f(X) -> X.")) end),  % expect: 4
    show(fun() -> erl_parse:mapfold_anno(fun(_, N) -> {N, N + 1} end, 0, form("f(X) -> X.")) end),  % expect: {{function,0,f,1,[{clause,1,[{var,2,'X'}],[],[{var,3,'X'}]}]},4}
    show(fun() -> erl_parse:parse_term(tokens("{a, [1]}.")) end),  % expect: {ok,{a,[1]}}
    show(fun() -> erl_parse:parse_term(tokens("f().")) end),  % expect: {error,{1,erl_parse,"bad term"}}
    %% On one line, without columns, everything has the place of the full stop.
    show(fun() -> [erl_parse:parse_form(tokens(F)) || F <- ["-foo(f()).", "-export([f/g]).", "-foo(1 + )."]] end).  % expect: [{error,{1,erl_parse,"bad attribute"}},{error,{1,erl_parse,"bad function arity"}},{error,{1,erl_parse,["syntax error before: ","')'"]}}]

tokens(S) -> {ok, Ts, _} = erl_scan:string(S), Ts.
expr(S) -> {ok, [E]} = erl_parse:parse_exprs(tokens(S)), E.
form(S) -> {ok, F} = erl_parse:parse_form(tokens(S)), F.

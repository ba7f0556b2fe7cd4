%% Answers recorded from erl.
-module(erl_syntax_lib_tests).
-include_lib("eunit/include/eunit.hrl").
-include("parsed.hrl").

forms() ->
    [form(T) || T <- ["-module(m).", "-export([f/1,g/0]).", "-import(lists,[map/2]).", "-record(r,{a,b=1,c::integer()}).", "-vsn(1).",
                      "-author(x).", "-spec f(a) -> b.", "-type t() :: a.", "-compile([a]).", "f(X) -> X.", "g() -> 1."]].

%% What is bound in an expression where Env is bound before.
scopes(Tree) -> scopes_of(erl_syntax_lib:annotate_bindings(Tree, ['Env'])).

scopes_of(Tree) -> list_to_tuple([erl_syntax:type(Tree), erl_syntax:get_ann(Tree) | [[scopes_of(T) || T <- G] || G <- erl_syntax:subtrees(Tree)]]).

shown(Tree) ->
    case erl_syntax:type(Tree) of
        text -> erl_syntax:text_string(Tree);
        atom -> erl_syntax:atom_value(Tree);
        Type -> {Type, [[shown(T) || T <- G] || G <- erl_syntax:subtrees(Tree)]}
    end.

types(Tree, Acc) -> [erl_syntax:type(Tree) | Acc].

sorted(Set) -> lists:sort(sets:to_list(Set)).

name(N) -> list_to_atom("V" ++ integer_to_list(N)).

forms_test() ->
    ?assertEqual({attribute,{module,m}}, erl_syntax_lib:analyze_form(form("-module(m)."))),
    ?assertEqual({attribute,{export,[{f,1},{g,0}]}}, erl_syntax_lib:analyze_form(form("-export([f/1,g/0])."))),
    ?assertEqual({attribute,{import,{lists,[{map,2}]}}}, erl_syntax_lib:analyze_form(form("-import(lists,[map/2])."))),
    ?assertEqual({attribute,{record,{r,[{a,{none,none}},{b,{{integer,1,1},none}},{c,{none,{type,1,integer,[]}}}]}}},
                 erl_syntax_lib:analyze_form(form("-record(r,{a,b=1,c::integer()})."))),
    ?assertEqual({attribute,{vsn,1}}, erl_syntax_lib:analyze_form(form("-vsn(1)."))),
    ?assertEqual({attribute,{author,x}}, erl_syntax_lib:analyze_form(form("-author(x)."))),
    ?assertEqual({attribute,{spec,{{f,1},[{type,1,'fun',[{type,1,product,[{atom,1,a}]},{atom,1,b}]}]}}},
                 erl_syntax_lib:analyze_form(form("-spec f(a) -> b."))),
    ?assertEqual({attribute,{type,{t,{atom,1,a},[]}}}, erl_syntax_lib:analyze_form(form("-type t() :: a."))),
    ?assertEqual({attribute,{file,{"x",3}}}, erl_syntax_lib:analyze_form(form("-file(\"x\",3)."))),
    ?assertEqual({attribute,{compile,[a]}}, erl_syntax_lib:analyze_form(form("-compile([a])."))),
    ?assertEqual({function,{f,1}}, erl_syntax_lib:analyze_form(form("f(X) -> X."))),
    ?assertEqual({attribute,{on_load,{g,0}}}, erl_syntax_lib:analyze_form(form("-on_load(g/0)."))),
    ?assertEqual({attribute,{behaviour,gen_server}}, erl_syntax_lib:analyze_form(form("-behaviour(gen_server)."))),
    ?assertEqual({attribute,{export_type,[{t,0}]}}, erl_syntax_lib:analyze_form(form("-export_type([t/0])."))),
    ?assertEqual({vsn,1}, erl_syntax_lib:analyze_attribute(form("-vsn(1)."))),
    ?assertEqual([{module,m},{exports,[{f,1},{g,0}]},{imports,[{lists,[{map,2}]}]},{attributes,[{compile,[a]},{type,{t,{atom,1,a},[]}},{spec,{{f,1},[{type,1,'fun',[{type,1,product,[{atom,1,a}]},{atom,1,b}]}]}},{author,x},{vsn,1}]},{records,[{r,[{a,{none,none}},{b,{{integer,1,1},none}},{c,{none,{type,1,integer,[]}}}]}]},{functions,[{g,0},{f,1}]}],
                 erl_syntax_lib:analyze_forms(forms())),
    ?assertEqual([{module,m},{exports,[{f,1},{g,0}]},{imports,[{lists,[{map,2}]}]},{attributes,[{compile,[a]},{type,{t,{atom,1,a},[]}},{spec,{{f,1},[{type,1,'fun',[{type,1,product,[{atom,1,a}]},{atom,1,b}]}]}},{author,x},{vsn,1}]},{records,[{r,[{a,{none,none}},{b,{{integer,1,1},none}},{c,{none,{type,1,integer,[]}}}]}]},{functions,[{g,0},{f,1}]}],
                 erl_syntax_lib:analyze_forms(erl_syntax:form_list(forms()))),
    ?assertEqual([{errors,[x]},{warnings,[{1,a,b}]}],
                 erl_syntax_lib:analyze_forms([{error, x}, {warning, {1, a, b}}, {eof, 1}, erl_syntax:comment(["a"])])),
    ?assertEqual({f,1}, erl_syntax_lib:analyze_function(form("f(X) -> a."))).

attributes_test() ->
    ?assertEqual([{f,1}], erl_syntax_lib:analyze_export_attribute(form("-export([f/1])."))),
    ?assertEqual({m,[{f,1}]}, erl_syntax_lib:analyze_import_attribute(form("-import(m,[f/1])."))),
    ?assertEqual(m, erl_syntax_lib:analyze_module_attribute(form("-module(m)."))),
    ?assertEqual({"a",1}, erl_syntax_lib:analyze_file_attribute(form("-file(\"a\",1)."))),
    ?assertEqual({r,[{a,{none,none}},{b,{{integer,1,1},none}}]}, erl_syntax_lib:analyze_record_attribute(form("-record(r,{a,b=1})."))),
    ?assertEqual({foo,bar}, erl_syntax_lib:analyze_wild_attribute(form("-foo(bar)."))),
    ?assertEqual({foo,[{a,1}]}, erl_syntax_lib:analyze_wild_attribute(form("-foo([{a,1}])."))),
    ?assertThrow(syntax_error, erl_syntax_lib:analyze_export_attribute(form("-foo(x)."))).

names_test() ->
    ?assertEqual({f,2}, erl_syntax_lib:analyze_application(expr("f(1,2)."))),
    ?assertEqual({m,{f,1}}, erl_syntax_lib:analyze_application(expr("m:f(1)."))),
    ?assertEqual(1, erl_syntax_lib:analyze_application(expr("X(1)."))),
    ?assertEqual(1, erl_syntax_lib:analyze_application(expr("M:f(1)."))),
    ?assertEqual(1, erl_syntax_lib:analyze_application(expr("m:F(1)."))),
    ?assertThrow(syntax_error, erl_syntax_lib:analyze_application(expr("a."))),
    ?assertEqual(1, erl_syntax_lib:analyze_application(expr("(fun f/1)(X)."))),
    ?assertEqual({f,1}, erl_syntax_lib:analyze_implicit_fun(expr("fun f/1."))),
    ?assertEqual({m,{f,1}}, erl_syntax_lib:analyze_implicit_fun(expr("fun m:f/1."))),
    ?assertThrow(syntax_error, erl_syntax_lib:analyze_implicit_fun(expr("fun M:f/1."))),
    ?assertEqual({record_expr,{r,[{a,{integer,1,1}},{b,{integer,1,2}}]}}, erl_syntax_lib:analyze_record_expr(expr("#r{a=1,b=2}."))),
    ?assertEqual({record_expr,{r,[{a,{integer,1,1}}]}}, erl_syntax_lib:analyze_record_expr(expr("X#r{a=1}."))),
    ?assertEqual({record_access,{r,a}}, erl_syntax_lib:analyze_record_expr(expr("X#r.a."))),
    ?assertEqual({record_index_expr,{r,a}}, erl_syntax_lib:analyze_record_expr(expr("#r.a."))),
    ?assertEqual(a, erl_syntax_lib:analyze_function_name(erl_syntax:atom(a))),
    ?assertEqual({f,1}, erl_syntax_lib:analyze_function_name(erl_syntax:arity_qualifier(erl_syntax:atom(f), erl_syntax:integer(1)))),
    ?assertEqual({m,{f,1}},
                 erl_syntax_lib:analyze_function_name(erl_syntax:module_qualifier(erl_syntax:atom(m), erl_syntax:arity_qualifier(erl_syntax:atom(f), erl_syntax:integer(1))))),
    ?assertThrow(syntax_error, erl_syntax_lib:analyze_function_name(erl_syntax:variable("X"))),
    ?assertEqual(a, erl_syntax_lib:analyze_type_name(erl_syntax:atom(a))),
    ?assertEqual({a,1}, erl_syntax_lib:analyze_type_name(erl_syntax:arity_qualifier(erl_syntax:atom(a), erl_syntax:integer(1)))),
    ?assertEqual({m,a}, erl_syntax_lib:analyze_type_name(erl_syntax:module_qualifier(erl_syntax:atom(m), erl_syntax:atom(a)))),
    ?assertEqual({integer,0}, erl_syntax_lib:analyze_type_application({type, 1, integer, []})),
    ?assertEqual({t,1}, erl_syntax_lib:analyze_type_application({user_type, 1, t, [{atom, 1, a}]})),
    ?assertEqual({m,{t,0}}, erl_syntax_lib:analyze_type_application({remote_type, 1, [{atom, 1, m}, {atom, 1, t}, []]})),
    ?assertEqual({list,1}, erl_syntax_lib:analyze_type_application({type, 1, list, [{atom, 1, a}]})),
    ?assertEqual({a,{none,none}}, erl_syntax_lib:analyze_record_field(erl_syntax:record_field(erl_syntax:atom(a)))),
    ?assertEqual({a,{{integer,1,2},none}},
                 erl_syntax_lib:analyze_record_field(erl_syntax:record_field(erl_syntax:atom(a), {integer, 1, 2}))),
    ?assertEqual([{{c,1},{b,{c,1}}},{{f,1},{m,{f,1}}},{{m,f,2},{m,f,2}},{{a,1},{a,1}}],
                 erl_syntax_lib:function_name_expansions([{a, 1}, {m, f, 2}, {m, {f, 1}}, {b, {c, 1}}])).

failing_test() ->
    ?assertEqual(true, erl_syntax_lib:is_fail_expr(expr("exit(x)."))),
    ?assertEqual(true, erl_syntax_lib:is_fail_expr(expr("throw(x)."))),
    ?assertEqual(true, erl_syntax_lib:is_fail_expr(expr("erlang:error(a)."))),
    ?assertEqual(false, erl_syntax_lib:is_fail_expr(expr("error(a)."))),
    ?assertEqual(true, erl_syntax_lib:is_fail_expr(expr("erlang:error(a,b)."))),
    ?assertEqual(true, erl_syntax_lib:is_fail_expr(expr("erlang:exit(a)."))),
    ?assertEqual(false, erl_syntax_lib:is_fail_expr(expr("foo(a)."))),
    ?assertEqual(false, erl_syntax_lib:is_fail_expr(expr("a."))),
    ?assertEqual(true, erl_syntax_lib:is_fail_expr(expr("erlang:throw(a)."))),
    ?assertEqual(false, erl_syntax_lib:is_fail_expr(expr("exit(a,b)."))).

walks_test() ->
    ?assertEqual({tuple,1,[{atom,0,b},{cons,1,{atom,0,b},{var,1,'X'}},{call,1,{atom,0,b},[{atom,0,b}]}]},
                 erl_syntax:revert(erl_syntax_lib:map(fun(N) -> case erl_syntax:type(N) of atom -> erl_syntax:atom(b); _ -> N end end, expr("{a,[a|X],f(a)}.")))),
    ?assertEqual([tuple,application,char,atom,list,variable,integer,atom],
                 element(2, erl_syntax_lib:mapfold(fun(N, A) -> {N, types(N, A)} end, [], expr("{a,[1|X],f($a)}.")))),
    ?assertEqual([tuple,application,char,atom,list,variable,integer,atom],
                 erl_syntax_lib:fold(fun(N, A) -> types(N, A) end, [], expr("{a,[1|X],f($a)}."))),
    ?assertEqual([application,list,atom], erl_syntax_lib:fold_subtrees(fun(N, A) -> types(N, A) end, [], expr("{a,[1|X],f($a)}."))),
    ?assertEqual({tuple,1,[{atom,2,z},{atom,2,z},{atom,2,z}]},
                 erl_syntax:revert(erl_syntax_lib:map_subtrees(fun(_) -> {atom, 2, z} end, expr("{a,[1|X],f($a)}.")))),
    ?assertEqual(3, element(2, erl_syntax_lib:mapfold_subtrees(fun(N, A) -> {N, A + 1} end, 0, expr("f(a,b).")))),
    ?assertEqual([3,2,1], erl_syntax_lib:foldl_listlist(fun(N, A) -> [N | A] end, [], [[1, 2], [3]])),
    ?assertEqual({[[2,4],[6]],6}, erl_syntax_lib:mapfoldl_listlist(fun(N, A) -> {N * 2, A + N} end, 0, [[1, 2], [3]])).

variables_test() ->
    ?assertEqual(['X','Y'], sorted(erl_syntax_lib:variables(expr("f(X,Y,_).")))),
    ?assertEqual(['A','X','Y','Z'], sorted(erl_syntax_lib:variables(expr("case X of Y when Z -> A end.")))),
    ?assertEqual(['F','X'], sorted(erl_syntax_lib:variables(expr("fun F(X) -> X end.")))),
    ?assertEqual(['A','B','C'], sorted(erl_syntax_lib:variables(expr("[A||B<-C].")))),
    ?assertEqual(true, is_atom(erl_syntax_lib:new_variable_name(sets:new()))),
    ?assertEqual([], erl_syntax_lib:new_variable_names(0, sets:new())),
    ?assertEqual(30, length(lists:usort(erl_syntax_lib:new_variable_names(30, sets:new())))),
    ?assertEqual(30, length(lists:usort(erl_syntax_lib:new_variable_names(30, fun(N) -> name(N) end, sets:new())))),
    ?assertEqual(false,
                 lists:member(erl_syntax_lib:new_variable_name(fun(N) -> name(N) end, sets:from_list([name(N) || N <- lists:seq(1, 20)])), [name(N) || N <- lists:seq(1, 20)])).

limits_test() ->
    ?assertEqual("...",
                 shown(erl_syntax_lib:limit(expr("f({a,[b,c,d,e,f,g,h,i,j,k],{m,n,o}},g(h(i(j(k)))),l,m,n,o,p,q,r,s,t,u,v,w,x,y,z)."), -1))),
    ?assertEqual("...",
                 shown(erl_syntax_lib:limit(expr("f({a,[b,c,d,e,f,g,h,i,j,k],{m,n,o}},g(h(i(j(k)))),l,m,n,o,p,q,r,s,t,u,v,w,x,y,z)."), 0))),
    ?assertEqual({application,[[f],["..."]]},
                 shown(erl_syntax_lib:limit(expr("f({a,[b,c,d,e,f,g,h,i,j,k],{m,n,o}},g(h(i(j(k)))),l,m,n,o,p,q,r,s,t,u,v,w,x,y,z)."), 1))),
    ?assertEqual({application,[[f],[{tuple,[["..."]]},"..."]]},
                 shown(erl_syntax_lib:limit(expr("f({a,[b,c,d,e,f,g,h,i,j,k],{m,n,o}},g(h(i(j(k)))),l,m,n,o,p,q,r,s,t,u,v,w,x,y,z)."), 2))),
    ?assertEqual({application,[[f],[{tuple,[[a,"..."]]},{application,[[g],[{application,[[h],["..."]]}]]},"..."]]},
                 shown(erl_syntax_lib:limit(expr("f({a,[b,c,d,e,f,g,h,i,j,k],{m,n,o}},g(h(i(j(k)))),l,m,n,o,p,q,r,s,t,u,v,w,x,y,z)."), 3))),
    ?assertEqual({application,[[f],[{tuple,[[a,{list,[[b,"..."]]},{tuple,[[m,"..."]]}]]},{application,[[g],[{application,[[h],[{application,[[i],["..."]]}]]}]]},l,"..."]]},
                 shown(erl_syntax_lib:limit(expr("f({a,[b,c,d,e,f,g,h,i,j,k],{m,n,o}},g(h(i(j(k)))),l,m,n,o,p,q,r,s,t,u,v,w,x,y,z)."), 4))),
    ?assertEqual({application,[[f],[{tuple,[[a,{list,[[b,c,"..."]]},{tuple,[[m,n,o]]}]]},{application,[[g],[{application,[[h],[{application,[[i],[{application,[[j],[k]]}]]}]]}]]},l,m,"..."]]},
                 shown(erl_syntax_lib:limit(expr("f({a,[b,c,d,e,f,g,h,i,j,k],{m,n,o}},g(h(i(j(k)))),l,m,n,o,p,q,r,s,t,u,v,w,x,y,z)."), 5))),
    ?assertEqual({tuple,[[a,{tuple,[[x]]}]]}, shown(erl_syntax_lib:limit(expr("{a,{b,{c}}}."), 2, erl_syntax:atom(x)))),
    ?assertEqual({block_expr,[[a,b,"..."]]}, shown(erl_syntax_lib:limit(expr("begin a,b,c,d,e,f,g,h end."), 3))).

comments_test() ->
    ?assertEqual(false,
                 erl_syntax:has_comments(erl_syntax_lib:strip_comments(erl_syntax:add_precomments([erl_syntax:comment(["a"])], erl_syntax:atom(x))))),
    ?assertEqual(["XXa","XXb"], erl_syntax:comment_text(erl_syntax_lib:to_comment(expr("foo(a,b)."), "XX", fun(_) -> "a\nb" end))).

bindings_test() ->
    ?assertEqual({variable,[{env,['Env']},{bound,[]},{free,['X']}]}, scopes(expr("X."))),
    ?assertEqual({tuple,[{env,['Env']},{bound,[]},{free,['Env','X','Y']}],[{variable,[{env,['Env']},{bound,[]},{free,['X']}]},{variable,[{env,['Env']},{bound,[]},{free,['Y']}]},{variable,[{env,['Env']},{bound,[]},{free,['Env']}]}]},
                 scopes(expr("{X,Y,Env}."))),
    ?assertEqual({match_expr,[{env,['Env']},{bound,['X']},{free,['Y']}],[{variable,[{env,['Env']},{bound,['X']},{free,[]}]}],[{variable,[{env,['Env']},{bound,[]},{free,['Y']}]}]},
                 scopes(expr("X = Y."))),
    ?assertEqual({application,[{env,['Env']},{bound,['X']},{free,['Y']}],[{atom,[{env,['Env']},{bound,[]},{free,[]}]}],[{match_expr,[{env,['Env']},{bound,['X']},{free,[]}],[{variable,[{env,['Env']},{bound,['X']},{free,[]}]}],[{integer,[{env,['Env']},{bound,[]},{free,[]}]}]},{variable,[{env,['Env']},{bound,[]},{free,['Y']}]}]},
                 scopes(expr("f(X=1,Y)."))),
    ?assertEqual({case_expr,[{env,['Env']},{bound,['A','C']},{free,['X']}],[{variable,[{env,['Env']},{bound,[]},{free,['X']}]}],[{clause,[{env,['Env']},{bound,['A','B','C']},{free,[]}],[{tuple,[{env,['Env']},{bound,['A','B']},{free,[]}],[{variable,[{env,['Env']},{bound,['A']},{free,[]}]},{variable,[{env,['Env']},{bound,['B']},{free,[]}]}]}],[{disjunction,[{env,['A','B','Env']},{bound,[]},{free,['A','B']}],[{conjunction,[{env,['A','B','Env']},{bound,[]},{free,['A','B']}],[{infix_expr,[{env,['A','B','Env']},{bound,[]},{free,['A','B']}],[{variable,[{env,['A','B','Env']},{bound,[]},{free,['A']}]}],[{operator,[{env,['A','B','Env']},{bound,[]},{free,[]}]}],[{variable,[{env,['A','B','Env']},{bound,[]},{free,['B']}]}]}]}]}],[{match_expr,[{env,['A','B','Env']},{bound,['C']},{free,['A']}],[{variable,[{env,['A','B','Env']},{bound,['C']},{free,[]}]}],[{variable,[{env,['A','B','Env']},{bound,[]},{free,['A']}]}]}]},{clause,[{env,['Env']},{bound,['A','C','D']},{free,[]}],[{tuple,[{env,['Env']},{bound,['A','D']},{free,[]}],[{variable,[{env,['Env']},{bound,['A']},{free,[]}]},{variable,[{env,['Env']},{bound,['D']},{free,[]}]}]}],[{match_expr,[{env,['A','D','Env']},{bound,['C']},{free,['D']}],[{variable,[{env,['A','D','Env']},{bound,['C']},{free,[]}]}],[{variable,[{env,['A','D','Env']},{bound,[]},{free,['D']}]}]}]}]},
                 scopes(expr("case X of {A,B} when A > B -> C = A; {A,D} -> C = D end."))),
    ?assertEqual({fun_expr,[{env,['Env']},{bound,[]},{free,['Env','Z']}],[{clause,[{env,['Env']},{bound,['X','Y']},{free,['Env','Z']}],[{variable,[{env,['Env']},{bound,['X']},{free,[]}]},{variable,[{env,['Env']},{bound,[]},{free,['Env']}]}],[{disjunction,[{env,['Env','X']},{bound,[]},{free,['Z']}],[{conjunction,[{env,['Env','X']},{bound,[]},{free,['Z']}],[{variable,[{env,['Env','X']},{bound,[]},{free,['Z']}]}]}]}],[{match_expr,[{env,['Env','X']},{bound,['Y']},{free,['X']}],[{variable,[{env,['Env','X']},{bound,['Y']},{free,[]}]}],[{variable,[{env,['Env','X']},{bound,[]},{free,['X']}]}]}]}]},
                 scopes(expr("fun(X,Env) when Z -> Y = X end."))),
    ?assertEqual({named_fun_expr,[{env,['Env']},{bound,[]},{free,['F','X','Y']}],[{variable,[{env,['Env']},{bound,[]},{free,['F']}]}],[{clause,[{env,['Env']},{bound,[]},{free,['F','X','Y']}],[{variable,[{env,['Env']},{bound,[]},{free,['X']}]}],[{application,[{env,['Env']},{bound,[]},{free,['F','Y']}],[{variable,[{env,['Env']},{bound,[]},{free,['F']}]}],[{variable,[{env,['Env']},{bound,[]},{free,['Y']}]}]}]}]},
                 scopes(expr("fun F(X) -> F(Y) end."))),
    ?assertEqual({list_comp,[{env,['Env']},{bound,[]},{free,['B','D']}],[{variable,[{env,['A','C','Env']},{bound,[]},{free,['A']}]}],[{generator,[{env,['Env']},{bound,['A']},{free,['B']}],[{variable,[{env,[]},{bound,['A']},{free,[]}]}],[{variable,[{env,['Env']},{bound,[]},{free,['B']}]}]},{generator,[{env,['A','Env']},{bound,['C']},{free,['A']}],[{variable,[{env,[]},{bound,['C']},{free,[]}]}],[{variable,[{env,['A','Env']},{bound,[]},{free,['A']}]}]},{variable,[{env,['A','C','Env']},{bound,[]},{free,['D']}]}]},
                 scopes(expr("[A||A<-B,C<-A,D]."))),
    ?assertEqual({binary_comp,[{env,['Env']},{bound,[]},{free,['B']}],[{binary,[{env,['A','Env','S']},{bound,[]},{free,['A']}],[{binary_field,[{env,['A','Env','S']},{bound,[]},{free,['A']}],[{variable,[{env,['A','Env','S']},{bound,[]},{free,['A']}]}]}]}],[{binary_generator,[{env,['Env']},{bound,['A','S']},{free,['B']}],[{binary,[{env,['Env']},{bound,['A','S']},{free,[]}],[{binary_field,[{env,['Env']},{bound,['A','S']},{free,[]}],[{size_qualifier,[{env,['Env']},{bound,['A','S']},{free,[]}],[{variable,[{env,['Env']},{bound,['A']},{free,[]}]}],[{variable,[{env,['Env']},{bound,['S']},{free,[]}]}]}]}]}],[{variable,[{env,['Env']},{bound,[]},{free,['B']}]}]}]},
                 scopes(expr("<< <<A>> || <<A:S>> <= B>>."))),
    ?assertEqual({if_expr,[{env,['Env']},{bound,['B']},{free,['A']}],[{clause,[{env,['Env']},{bound,['B']},{free,['A']}],[],[{disjunction,[{env,['Env']},{bound,[]},{free,['A']}],[{conjunction,[{env,['Env']},{bound,[]},{free,['A']}],[{variable,[{env,['Env']},{bound,[]},{free,['A']}]}]}]}],[{match_expr,[{env,['Env']},{bound,['B']},{free,[]}],[{variable,[{env,['Env']},{bound,['B']},{free,[]}]}],[{integer,[{env,['Env']},{bound,[]},{free,[]}]}]}]},{clause,[{env,['Env']},{bound,['B']},{free,[]}],[],[{disjunction,[{env,['Env']},{bound,[]},{free,[]}],[{conjunction,[{env,['Env']},{bound,[]},{free,[]}],[{atom,[{env,['Env']},{bound,[]},{free,[]}]}]}]}],[{match_expr,[{env,['Env']},{bound,['B']},{free,[]}],[{variable,[{env,['Env']},{bound,['B']},{free,[]}]}],[{integer,[{env,['Env']},{bound,[]},{free,[]}]}]}]}]},
                 scopes(expr("if A -> B = 1; true -> B = 2 end."))),
    ?assertEqual({receive_expr,[{env,['Env']},{bound,[]},{free,['T']}],[{clause,[{env,['Env']},{bound,['A','B']},{free,[]}],[{variable,[{env,['Env']},{bound,['A']},{free,[]}]}],[{match_expr,[{env,['A','Env']},{bound,['B']},{free,['A']}],[{variable,[{env,['A','Env']},{bound,['B']},{free,[]}]}],[{variable,[{env,['A','Env']},{bound,[]},{free,['A']}]}]}]}],[{variable,[{env,['Env']},{bound,[]},{free,['T']}]}],[{match_expr,[{env,['Env']},{bound,['C']},{free,[]}],[{variable,[{env,['Env']},{bound,['C']},{free,[]}]}],[{integer,[{env,['Env']},{bound,[]},{free,[]}]}]}]},
                 scopes(expr("receive A -> B = A after T -> C = 1 end."))),
    ?assertEqual({receive_expr,[{env,['Env']},{bound,[]},{free,[]}],[{clause,[{env,['Env']},{bound,['A','B']},{free,[]}],[{variable,[{env,['Env']},{bound,['A']},{free,[]}]}],[{match_expr,[{env,['A','Env']},{bound,['B']},{free,['A']}],[{variable,[{env,['A','Env']},{bound,['B']},{free,[]}]}],[{variable,[{env,['A','Env']},{bound,[]},{free,['A']}]}]}]}]},
                 scopes(expr("receive A -> B = A end."))),
    ?assertEqual({try_expr,[{env,['Env']},{bound,[]},{free,[]}],[{match_expr,[{env,['Env']},{bound,['X']},{free,[]}],[{variable,[{env,['Env']},{bound,['X']},{free,[]}]}],[{application,[{env,['Env']},{bound,[]},{free,[]}],[{atom,[{env,['Env']},{bound,[]},{free,[]}]}],[]}]}],[{clause,[{env,['Env','X']},{bound,['A','B']},{free,[]}],[{variable,[{env,['Env','X']},{bound,['A']},{free,[]}]}],[{match_expr,[{env,['A','Env','X']},{bound,['B']},{free,['A']}],[{variable,[{env,['A','Env','X']},{bound,['B']},{free,[]}]}],[{variable,[{env,['A','Env','X']},{bound,[]},{free,['A']}]}]}]}],[{clause,[{env,['Env']},{bound,['C','D','R','S']},{free,[]}],[{class_qualifier,[{env,['Env']},{bound,['C','R','S']},{free,[]}],[{variable,[{env,['Env']},{bound,['C']},{free,[]}]}],[{variable,[{env,['Env']},{bound,['R']},{free,[]}]}],[{variable,[{env,['Env']},{bound,['S']},{free,[]}]}]}],[{match_expr,[{env,['C','Env','R','S']},{bound,['D']},{free,['R']}],[{variable,[{env,['C','Env','R','S']},{bound,['D']},{free,[]}]}],[{variable,[{env,['C','Env','R','S']},{bound,[]},{free,['R']}]}]}]}],[{match_expr,[{env,['Env']},{bound,['G']},{free,[]}],[{variable,[{env,['Env']},{bound,['G']},{free,[]}]}],[{integer,[{env,['Env']},{bound,[]},{free,[]}]}]}]},
                 scopes(expr("try X = f() of A -> B=A catch C:R:S -> D=R after G=1 end."))),
    ?assertEqual({block_expr,[{env,['Env']},{bound,['X','Y']},{free,[]}],[{match_expr,[{env,['Env']},{bound,['X']},{free,[]}],[{variable,[{env,['Env']},{bound,['X']},{free,[]}]}],[{integer,[{env,['Env']},{bound,[]},{free,[]}]}]},{match_expr,[{env,['Env','X']},{bound,['Y']},{free,['X']}],[{variable,[{env,['Env','X']},{bound,['Y']},{free,[]}]}],[{variable,[{env,['Env','X']},{bound,[]},{free,['X']}]}]}]},
                 scopes(expr("begin X=1, Y=X end."))),
    ?assertEqual({catch_expr,[{env,['Env']},{bound,[]},{free,[]}],[{match_expr,[{env,['Env']},{bound,['X']},{free,[]}],[{variable,[{env,['Env']},{bound,['X']},{free,[]}]}],[{integer,[{env,['Env']},{bound,[]},{free,[]}]}]}]},
                 scopes(expr("catch X=1."))),
    ?assertEqual({record_expr,[{env,['Env']},{bound,['Y']},{free,['X']}],[{variable,[{env,['Env']},{bound,[]},{free,['X']}]}],[{atom,[{env,['Env']},{bound,[]},{free,[]}]}],[{record_field,[{env,['Env']},{bound,['Y']},{free,[]}],[{atom,[{env,['Env']},{bound,[]},{free,[]}]}],[{match_expr,[{env,['Env']},{bound,['Y']},{free,[]}],[{variable,[{env,['Env']},{bound,['Y']},{free,[]}]}],[{integer,[{env,['Env']},{bound,[]},{free,[]}]}]}]}]},
                 scopes(expr("X#r{a=Y=1}."))),
    ?assertEqual({binary,[{env,['Env']},{bound,[]},{free,['A','B','S']}],[{binary_field,[{env,['Env']},{bound,[]},{free,['A','S']}],[{size_qualifier,[{env,['Env']},{bound,[]},{free,['A','S']}],[{variable,[{env,['Env']},{bound,[]},{free,['A']}]}],[{variable,[{env,['Env']},{bound,[]},{free,['S']}]}]}]},{binary_field,[{env,['Env']},{bound,[]},{free,['B']}],[{variable,[{env,['Env']},{bound,[]},{free,['B']}]}],[{atom,[{env,['Env']},{bound,[]},{free,[]}]}]}]},
                 scopes(expr("<<A:S,B/binary>>."))),
    ?assertEqual({map_expr,[{env,['Env']},{bound,[]},{free,['X']}],[{map_field_assoc,[{env,['Env']},{bound,[]},{free,['X']}],[{atom,[{env,['Env']},{bound,[]},{free,[]}]}],[{variable,[{env,['Env']},{bound,[]},{free,['X']}]}]}]},
                 scopes(expr("#{a=>X}."))),
    ?assertEqual({map_expr,[{env,['Env']},{bound,[]},{free,['M','Y']}],[{variable,[{env,['Env']},{bound,[]},{free,['M']}]}],[{map_field_exact,[{env,['Env']},{bound,[]},{free,['Y']}],[{atom,[{env,['Env']},{bound,[]},{free,[]}]}],[{variable,[{env,['Env']},{bound,[]},{free,['Y']}]}]}]},
                 scopes(expr("M#{a:=Y}."))),
    ?assertEqual({infix_expr,[{env,['Env']},{bound,['Y']},{free,['X']}],[{variable,[{env,['Env']},{bound,[]},{free,['X']}]}],[{operator,[{env,['Env']},{bound,[]},{free,[]}]}],[{match_expr,[{env,['Env']},{bound,['Y']},{free,[]}],[{variable,[{env,['Env']},{bound,['Y']},{free,[]}]}],[{integer,[{env,['Env']},{bound,[]},{free,[]}]}]}]},
                 scopes(expr("X ! Y=1."))),
    ?assertEqual({case_expr,[{env,['Env']},{bound,['A']},{free,['A','B']}],[{tuple,[{env,['Env']},{bound,[]},{free,['A']}],[{variable,[{env,['Env']},{bound,[]},{free,['A']}]},{variable,[{env,['Env']},{bound,[]},{free,['A']}]}]}],[{clause,[{env,['Env']},{bound,['A']},{free,['B']}],[{tuple,[{env,['Env']},{bound,['A']},{free,[]}],[{variable,[{env,['Env']},{bound,['A']},{free,[]}]},{variable,[{env,['Env']},{bound,['A']},{free,[]}]}]}],[{variable,[{env,['A','Env']},{bound,[]},{free,['B']}]}]}]},
                 scopes(expr("case {A,A} of {A,A} -> B end."))),
    ?assertEqual({implicit_fun,[{env,['Env']},{bound,[]},{free,[]}],[{arity_qualifier,[{env,['Env']},{bound,[]},{free,[]}],[{atom,[{env,['Env']},{bound,[]},{free,[]}]}],[{integer,[{env,['Env']},{bound,[]},{free,[]}]}]}]},
                 scopes(expr("fun f/1."))),
    ?assertEqual({string,[{env,['Env']},{bound,[]},{free,[]}]}, scopes(expr("\"a\"."))),
    ?assertEqual({list,[{env,['Env']},{bound,[]},{free,['A','B','C']}],[{variable,[{env,['Env']},{bound,[]},{free,['A']}]},{variable,[{env,['Env']},{bound,[]},{free,['B']}]}],[{variable,[{env,['Env']},{bound,[]},{free,['C']}]}]},
                 scopes(expr("[A,B|C]."))),
    ?assertEqual({application,[{env,['Env']},{bound,[]},{free,['F','M','X']}],[{module_qualifier,[{env,['Env']},{bound,[]},{free,['F','M']}],[{variable,[{env,['Env']},{bound,[]},{free,['M']}]}],[{variable,[{env,['Env']},{bound,[]},{free,['F']}]}]}],[{variable,[{env,['Env']},{bound,[]},{free,['X']}]}]},
                 scopes(expr("M:F(X)."))),
    ?assertEqual({application,[{env,['Env']},{bound,[]},{free,['B']}],[{fun_expr,[{env,['Env']},{bound,[]},{free,[]}],[{clause,[{env,['Env']},{bound,['A']},{free,[]}],[{variable,[{env,['Env']},{bound,['A']},{free,[]}]}],[{variable,[{env,['A','Env']},{bound,[]},{free,['A']}]}]}]}],[{variable,[{env,['Env']},{bound,[]},{free,['B']}]}]},
                 scopes(expr("(fun(A)->A end)(B)."))),
    ?assertEqual({match_expr,[{env,['Env']},{bound,['A','B']},{free,['C']}],[{variable,[{env,['B','Env']},{bound,['A']},{free,[]}]}],[{match_expr,[{env,['Env']},{bound,['B']},{free,['C']}],[{variable,[{env,['Env']},{bound,['B']},{free,[]}]}],[{variable,[{env,['Env']},{bound,[]},{free,['C']}]}]}]},
                 scopes(expr("A = B = C."))),
    ?assertEqual({match_expr,[{env,['Env']},{bound,[]},{free,['X']}],[{underscore,[{env,['Env']},{bound,[]},{free,[]}]}],[{variable,[{env,['Env']},{bound,[]},{free,['X']}]}]},
                 scopes(expr("_ = X."))),
    ?assertEqual({application,[{env,['Env']},{bound,[]},{free,[]}],[{atom,[{env,['Env']},{bound,[]},{free,[]}]}],[{underscore,[{env,['Env']},{bound,[]},{free,[]}]}]},
                 scopes(expr("f(_)."))),
    ?assertEqual({function,[{env,['Env']},{bound,[]},{free,['Z']}],[{atom,[{env,['Env']},{bound,[]},{free,[]}]}],[{clause,[{env,['Env']},{bound,['X','Y']},{free,['Z']}],[{variable,[{env,['Env']},{bound,['X']},{free,[]}]}],[{match_expr,[{env,['Env','X']},{bound,['Y']},{free,['X']}],[{variable,[{env,['Env','X']},{bound,['Y']},{free,[]}]}],[{variable,[{env,['Env','X']},{bound,[]},{free,['X']}]}]},{variable,[{env,['Env','X','Y']},{bound,[]},{free,['Z']}]}]}]},
                 scopes(form("f(X) -> Y = X, Z."))),
    ?assertEqual({attribute,[{env,['Env']},{bound,[]},{free,[]}],[{atom,[{env,['Env']},{bound,[]},{free,[]}]}],[{atom,[{env,['Env']},{bound,[]},{free,[]}]}]},
                 scopes(form("-module(m)."))),
    ?assertEqual({function,[{env,['Env']},{bound,[]},{free,['A','B','Y']}],[{atom,[{env,['Env']},{bound,[]},{free,[]}]}],[{clause,[{env,['Env']},{bound,['X']},{free,['A','Y']}],[{variable,[{env,['Env']},{bound,['X']},{free,[]}]}],[{disjunction,[{env,['Env','X']},{bound,[]},{free,['X','Y']}],[{conjunction,[{env,['Env','X']},{bound,[]},{free,['X','Y']}],[{infix_expr,[{env,['Env','X']},{bound,[]},{free,['X','Y']}],[{variable,[{env,['Env','X']},{bound,[]},{free,['X']}]}],[{operator,[{env,['Env','X']},{bound,[]},{free,[]}]}],[{variable,[{env,['Env','X']},{bound,[]},{free,['Y']}]}]}]}]}],[{variable,[{env,['Env','X']},{bound,[]},{free,['A']}]}]},{clause,[{env,['Env']},{bound,[]},{free,['B']}],[{underscore,[{env,['Env']},{bound,[]},{free,[]}]}],[{variable,[{env,['Env']},{bound,[]},{free,['B']}]}]}]},
                 scopes(form("f(X) when X > Y -> A; f(_) -> B."))),
    ?assertEqual([{env,['A']},{bound,[]},{free,['A','B']},foo],
                 erl_syntax:get_ann(erl_syntax_lib:annotate_bindings(erl_syntax:set_ann(expr("{A,B}."), [{env, ['A']}, foo])))),
    ?assertError(badarg, erl_syntax_lib:annotate_bindings(expr("{A,B}."))).

%% Trees made by constructors, taken apart by accessors; what both come to as abstract forms.
-module(erl_syntax_parts).
-include("../show.hrl").

-define(S, erl_syntax).

start() ->
    show(fun() -> T = erl_syntax:annotated_type(v('X'), ty(t)), parts(T, [erl_syntax:annotated_type_name(T), erl_syntax:annotated_type_body(T)]) end),  % expect: [annotated_type,{ann_type,0,[{var,0,'X'},{type,0,t,[]}]},{var,0,'X'},{type,0,t,[]}]
    show(fun() -> T = erl_syntax:application(a(f), [a(x), i(1)]), parts(T, erl_syntax:application_arguments(T)) end),  % expect: [application,{call,0,{atom,0,f},[{atom,0,x},{integer,0,1}]},{atom,0,x},{integer,0,1}]
    show(fun() -> T = erl_syntax:arity_qualifier(a(f), i(2)), [erl_syntax:type(T) | list([erl_syntax:arity_qualifier_body(T), erl_syntax:arity_qualifier_argument(T)])] end),  % expect: [arity_qualifier,{atom,0,f},{integer,0,2}]
    show(fun() -> T = erl_syntax:attribute(a(foo), [a(bar)]), parts(T, [erl_syntax:attribute_name(T)]) end),  % expect: [attribute,{attribute,0,foo,bar},{atom,0,foo}]
    show(fun() -> T = erl_syntax:binary_comp(bin(), [gen()]), parts(T, [erl_syntax:binary_comp_template(T) | erl_syntax:binary_comp_body(T)]) end),  % expect: [binary_comp,{bc,0,{bin,0,[{bin_element,0,{var,0,'X'},default,default}]},[{generate,0,{var,0,'X'},{var,0,'L'}}]},{bin,0,[{bin_element,0,{var,0,'X'},default,default}]},{generate,0,{var,0,'X'},{var,0,'L'}}]
    show(fun() -> T = erl_syntax:binary([field()]), parts(T, erl_syntax:binary_fields(T)) end),  % expect: [binary,{bin,0,[{bin_element,0,{var,0,'X'},{integer,0,8},[little,unsigned]}]},binary_field]
    show(fun() -> T = field(), list([erl_syntax:binary_field_body(T) | erl_syntax:binary_field_types(T)]) end),  % expect: [size_qualifier,{atom,0,little},{atom,0,unsigned}]
    show(fun() -> T = erl_syntax:binary_generator(bin(), v('B')), parts(T, [erl_syntax:binary_generator_pattern(T), erl_syntax:binary_generator_body(T)]) end),  % expect: [binary_generator,{b_generate,0,{bin,0,[{bin_element,0,{var,0,'X'},default,default}]},{var,0,'B'}},{bin,0,[{bin_element,0,{var,0,'X'},default,default}]},{var,0,'B'}]
    show(fun() -> T = erl_syntax:bitstring_type(i(3), i(8)), parts(T, [erl_syntax:bitstring_type_m(T), erl_syntax:bitstring_type_n(T)]) end),  % expect: [bitstring_type,{type,0,binary,[{integer,0,3},{integer,0,8}]},{integer,0,3},{integer,0,8}]
    show(fun() -> T = erl_syntax:block_expr([a(x), a(y)]), parts(T, erl_syntax:block_expr_body(T)) end),  % expect: [block_expr,{block,0,[{atom,0,x},{atom,0,y}]},{atom,0,x},{atom,0,y}]
    show(fun() -> T = erl_syntax:case_expr(v('X'), [clause()]), parts(T, [erl_syntax:case_expr_argument(T) | erl_syntax:case_expr_clauses(T)]) end),  % expect: [case_expr,{'case',0,{var,0,'X'},[{clause,0,[{var,0,'X'}],[[{atom,0,true}]],[{atom,0,done}]}]},{var,0,'X'},{clause,0,[{var,0,'X'}],[[{atom,0,true}]],[{atom,0,done}]}]
    show(fun() -> T = erl_syntax:catch_expr(a(x)), parts(T, [erl_syntax:catch_expr_body(T)]) end),  % expect: [catch_expr,{'catch',0,{atom,0,x}},{atom,0,x}]
    show(fun() -> T = erl_syntax:char($x), [erl_syntax:char_value(T), rev(T)] end),  % expect: [120,{char,0,120}]
    show(fun() -> T = erl_syntax:class_qualifier(a(error), v('R'), v('S')), [erl_syntax:type(T) | list([erl_syntax:class_qualifier_argument(T), erl_syntax:class_qualifier_body(T)])] end),  % expect: [class_qualifier,{atom,0,error},{var,0,'R'}]
    show(fun() -> T = clause(), parts(T, [erl_syntax:clause_guard(T) | erl_syntax:clause_patterns(T) ++ erl_syntax:clause_body(T)]) end),  % expect: [clause,{clause,0,[{var,0,'X'}],[[{atom,0,true}]],[{atom,0,done}]},conjunction,{var,0,'X'},{atom,0,done}]
    show(fun() -> T = erl_syntax:conjunction([a(x), a(y)]), [erl_syntax:type(T) | list(erl_syntax:conjunction_body(T))] end),  % expect: [conjunction,{atom,0,x},{atom,0,y}]
    show(fun() -> T = erl_syntax:disjunction([a(x), a(y)]), [erl_syntax:type(T) | list(erl_syntax:disjunction_body(T))] end),  % expect: [disjunction,{atom,0,x},{atom,0,y}]
    show(fun() -> T = erl_syntax:constraint(a(is_subtype), [v('X'), ty(t)]), parts(T, [erl_syntax:constraint_argument(T) | erl_syntax:constraint_body(T)]) end),  % expect: [constraint,{type,0,constraint,[{atom,0,is_subtype},[{var,0,'X'},{type,0,t,[]}]]},{atom,0,is_subtype},{var,0,'X'},{type,0,t,[]}]
    show(fun() -> T = erl_syntax:constrained_function_type(erl_syntax:function_type([v('X')], ty(t)), [erl_syntax:constraint(a(is_subtype), [v('X'), ty(t)])]), parts(T, [erl_syntax:constrained_function_type_body(T)]) end),  % expect: [constrained_function_type,{type,0,bounded_fun,[{type,0,'fun',[{type,0,product,[{var,0,'X'}]},{type,0,t,[]}]},[{type,0,constraint,[{atom,0,is_subtype},[{var,0,'X'},{type,0,t,[]}]]}]]},{type,0,'fun',[{type,0,product,[{var,0,'X'}]},{type,0,t,[]}]}]
    show(fun() -> T = erl_syntax:constrained_function_type(erl_syntax:function_type([v('X')], ty(t)), [erl_syntax:constraint(a(is_subtype), [v('X'), ty(t)])]), erl_syntax:type(erl_syntax:constrained_function_type_argument(T)) end),  % expect: conjunction
    show(fun() -> T = erl_syntax:else_expr([clause()]), [erl_syntax:type(T) | list(erl_syntax:else_expr_clauses(T))] end),  % expect: [else_expr,{clause,0,[{var,0,'X'}],[[{atom,0,true}]],[{atom,0,done}]}]
    show(fun() -> T = erl_syntax:fun_expr([clause()]), parts(T, erl_syntax:fun_expr_clauses(T)) end),  % expect: [fun_expr,{'fun',0,{clauses,[{clause,0,[{var,0,'X'}],[[{atom,0,true}]],[{atom,0,done}]}]}},{clause,0,[{var,0,'X'}],[[{atom,0,true}]],[{atom,0,done}]}]
    show(fun() -> T = erl_syntax:function(a(f), [clause()]), parts(T, [erl_syntax:function_name(T) | erl_syntax:function_clauses(T)]) end),  % expect: [function,{function,0,f,1,[{clause,0,[{var,0,'X'}],[[{atom,0,true}]],[{atom,0,done}]}]},{atom,0,f},{clause,0,[{var,0,'X'}],[[{atom,0,true}]],[{atom,0,done}]}]
    show(fun() -> T = erl_syntax:function_type([v('X')], ty(t)), parts(T, [erl_syntax:function_type_return(T) | erl_syntax:function_type_arguments(T)]) end),  % expect: [function_type,{type,0,'fun',[{type,0,product,[{var,0,'X'}]},{type,0,t,[]}]},{type,0,t,[]},{var,0,'X'}]
    show(fun() -> T = gen(), parts(T, [erl_syntax:generator_pattern(T), erl_syntax:generator_body(T)]) end),  % expect: [generator,{generate,0,{var,0,'X'},{var,0,'L'}},{var,0,'X'},{var,0,'L'}]
    show(fun() -> T = erl_syntax:if_expr([erl_syntax:clause([], [a(true)], [a(x)])]), parts(T, erl_syntax:if_expr_clauses(T)) end),  % expect: [if_expr,{'if',0,[{clause,0,[],[[{atom,0,true}]],[{atom,0,x}]}]},{clause,0,[],[[{atom,0,true}]],[{atom,0,x}]}]
    show(fun() -> T = erl_syntax:implicit_fun(erl_syntax:arity_qualifier(a(f), i(2))), [rev(T), erl_syntax:type(erl_syntax:implicit_fun_name(T))] end),  % expect: [{'fun',0,{function,f,2}},arity_qualifier]
    show(fun() -> T = erl_syntax:implicit_fun(a(m), a(f), i(2)), [rev(T), erl_syntax:type(erl_syntax:implicit_fun_name(T))] end),  % expect: [{'fun',0,{function,{atom,0,m},{atom,0,f},{integer,0,2}}},module_qualifier]
    show(fun() -> T = erl_syntax:infix_expr(i(1), erl_syntax:operator('+'), i(2)), parts(T, [erl_syntax:infix_expr_left(T), erl_syntax:infix_expr_operator(T), erl_syntax:infix_expr_right(T)]) end),  % expect: [infix_expr,{op,0,'+',{integer,0,1},{integer,0,2}},{integer,0,1},operator,{integer,0,2}]
    show(fun() -> T = erl_syntax:integer_range_type(i(1), i(9)), parts(T, [erl_syntax:integer_range_type_low(T), erl_syntax:integer_range_type_high(T)]) end),  % expect: [integer_range_type,{type,0,range,[{integer,0,1},{integer,0,9}]},{integer,0,1},{integer,0,9}]
    show(fun() -> T = erl_syntax:list_comp(v('X'), [gen()]), parts(T, [erl_syntax:list_comp_template(T) | erl_syntax:list_comp_body(T)]) end),  % expect: [list_comp,{lc,0,{var,0,'X'},[{generate,0,{var,0,'X'},{var,0,'L'}}]},{var,0,'X'},{generate,0,{var,0,'X'},{var,0,'L'}}]
    show(fun() -> T = erl_syntax:list([a(x), a(y)], v('T')), parts(T, erl_syntax:list_prefix(T)) end),  % expect: [list,{cons,0,{atom,0,x},{cons,0,{atom,0,y},{var,0,'T'}}},{atom,0,x},{atom,0,y}]
    show(fun() -> T = erl_syntax:macro(v('M'), [a(x)]), [erl_syntax:type(T), rev(erl_syntax:macro_name(T)) | list(erl_syntax:macro_arguments(T))] end),  % expect: [macro,{var,0,'M'},{atom,0,x}]
    show(fun() -> erl_syntax:macro_arguments(erl_syntax:macro(v('M'))) end),  % expect: none
    show(fun() -> T = erl_syntax:map_expr([erl_syntax:map_field_assoc(a(k), i(1)), erl_syntax:map_field_exact(a(q), i(2))]), parts(T, erl_syntax:map_expr_fields(T)) end),  % expect: [map_expr,{map,0,[{map_field_assoc,0,{atom,0,k},{integer,0,1}},{map_field_exact,0,{atom,0,q},{integer,0,2}}]},{map_field_assoc,0,{atom,0,k},{integer,0,1}},{map_field_exact,0,{atom,0,q},{integer,0,2}}]
    show(fun() -> T = erl_syntax:map_field_assoc(a(k), i(1)), parts(T, [erl_syntax:map_field_assoc_name(T), erl_syntax:map_field_assoc_value(T)]) end),  % expect: [map_field_assoc,{map_field_assoc,0,{atom,0,k},{integer,0,1}},{atom,0,k},{integer,0,1}]
    show(fun() -> T = erl_syntax:map_field_exact(a(k), i(1)), parts(T, [erl_syntax:map_field_exact_name(T), erl_syntax:map_field_exact_value(T)]) end),  % expect: [map_field_exact,{map_field_exact,0,{atom,0,k},{integer,0,1}},{atom,0,k},{integer,0,1}]
    show(fun() -> T = erl_syntax:map_type_assoc(a(k), ty(t)), parts(T, [erl_syntax:map_type_assoc_name(T), erl_syntax:map_type_assoc_value(T)]) end),  % expect: [map_type_assoc,{type,0,map_field_assoc,[{atom,0,k},{type,0,t,[]}]},{atom,0,k},{type,0,t,[]}]
    show(fun() -> T = erl_syntax:map_type_exact(a(k), ty(t)), parts(T, [erl_syntax:map_type_exact_name(T), erl_syntax:map_type_exact_value(T)]) end),  % expect: [map_type_exact,{type,0,map_field_exact,[{atom,0,k},{type,0,t,[]}]},{atom,0,k},{type,0,t,[]}]
    show(fun() -> T = erl_syntax:match_expr(v('X'), i(1)), parts(T, [erl_syntax:match_expr_pattern(T), erl_syntax:match_expr_body(T)]) end),  % expect: [match_expr,{match,0,{var,0,'X'},{integer,0,1}},{var,0,'X'},{integer,0,1}]
    show(fun() -> T = erl_syntax:maybe_expr([a(x)]), [rev(T), erl_syntax:maybe_expr_else(T) | list(erl_syntax:maybe_expr_body(T))] end),  % expect: [{'maybe',0,[{atom,0,x}]},none,{atom,0,x}]
    show(fun() -> T = erl_syntax:maybe_expr([a(x)], erl_syntax:else_expr([clause()])), [rev(T), erl_syntax:type(erl_syntax:maybe_expr_else(T)) | list(erl_syntax:maybe_expr_body(T))] end),  % expect: [{'maybe',0,[{atom,0,x}],{'else',0,[{clause,0,[{var,0,'X'}],[[{atom,0,true}]],[{atom,0,done}]}]}},else_expr,{atom,0,x}]
    show(fun() -> T = erl_syntax:maybe_match_expr(v('X'), i(1)), parts(T, [erl_syntax:maybe_match_expr_pattern(T), erl_syntax:maybe_match_expr_body(T)]) end),  % expect: [maybe_match_expr,{maybe_match,0,{var,0,'X'},{integer,0,1}},{var,0,'X'},{integer,0,1}]
    show(fun() -> T = erl_syntax:module_qualifier(a(m), a(f)), [erl_syntax:type(T) | list([erl_syntax:module_qualifier_argument(T), erl_syntax:module_qualifier_body(T)])] end),  % expect: [module_qualifier,{atom,0,m},{atom,0,f}]
    show(fun() -> T = erl_syntax:named_fun_expr(v('F'), [clause()]), parts(T, [erl_syntax:named_fun_expr_name(T) | erl_syntax:named_fun_expr_clauses(T)]) end),  % expect: [named_fun_expr,{named_fun,0,'F',[{clause,0,[{var,0,'X'}],[[{atom,0,true}]],[{atom,0,done}]}]},{var,0,'F'},{clause,0,[{var,0,'X'}],[[{atom,0,true}]],[{atom,0,done}]}]
    show(fun() -> T = erl_syntax:parentheses(a(x)), parts(T, [erl_syntax:parentheses_body(T)]) end),  % expect: [parentheses,{atom,0,x},{atom,0,x}]
    show(fun() -> T = erl_syntax:prefix_expr(erl_syntax:operator('-'), v('X')), parts(T, [erl_syntax:prefix_expr_operator(T), erl_syntax:prefix_expr_argument(T)]) end),  % expect: [prefix_expr,{op,0,'-',{var,0,'X'}},operator,{var,0,'X'}]
    show(fun() -> T = erl_syntax:receive_expr([clause()], i(5), [a(late)]), parts(T, erl_syntax:receive_expr_clauses(T)) end),  % expect: [receive_expr,{'receive',0,[{clause,0,[{var,0,'X'}],[[{atom,0,true}]],[{atom,0,done}]}],{integer,0,5},[{atom,0,late}]},{clause,0,[{var,0,'X'}],[[{atom,0,true}]],[{atom,0,done}]}]
    show(fun() -> T = erl_syntax:record_access(v('R'), a(r), a(f)), parts(T, [erl_syntax:record_access_argument(T), erl_syntax:record_access_type(T), erl_syntax:record_access_field(T)]) end),  % expect: [record_access,{record_field,0,{var,0,'R'},r,{atom,0,f}},{var,0,'R'},{atom,0,r},{atom,0,f}]
    show(fun() -> T = erl_syntax:record_expr(a(r), [erl_syntax:record_field(a(f), i(1))]), parts(T, [erl_syntax:record_expr_type(T) | erl_syntax:record_expr_fields(T)]) end),  % expect: [record_expr,{record,0,r,[{record_field,0,{atom,0,f},{integer,0,1}}]},{atom,0,r},record_field]
    show(fun() -> T = erl_syntax:record_field(a(f), i(1)), list([erl_syntax:record_field_name(T), erl_syntax:record_field_value(T)]) end),  % expect: [{atom,0,f},{integer,0,1}]
    show(fun() -> T = erl_syntax:record_index_expr(a(r), a(f)), parts(T, [erl_syntax:record_index_expr_type(T), erl_syntax:record_index_expr_field(T)]) end),  % expect: [record_index_expr,{record_index,0,r,{atom,0,f}},{atom,0,r},{atom,0,f}]
    show(fun() -> T = erl_syntax:record_type(a(r), [erl_syntax:record_type_field(a(f), ty(t))]), parts(T, [erl_syntax:record_type_name(T) | erl_syntax:record_type_fields(T)]) end),  % expect: [record_type,{type,0,record,[{atom,0,r},{type,0,field_type,[{atom,0,f},{type,0,t,[]}]}]},{atom,0,r},record_type_field]
    show(fun() -> T = erl_syntax:record_type_field(a(f), ty(t)), list([erl_syntax:record_type_field_name(T), erl_syntax:record_type_field_type(T)]) end),  % expect: [{atom,0,f},{type,0,t,[]}]
    show(fun() -> T = erl_syntax:size_qualifier(v('X'), i(8)), [erl_syntax:type(T) | list([erl_syntax:size_qualifier_body(T), erl_syntax:size_qualifier_argument(T)])] end),  % expect: [size_qualifier,{var,0,'X'},{integer,0,8}]
    show(fun() -> T = erl_syntax:try_expr([a(x)], [clause()], [clause()]), parts(T, erl_syntax:try_expr_body(T) ++ erl_syntax:try_expr_clauses(T) ++ erl_syntax:try_expr_handlers(T)) end),  % expect: [try_expr,{'try',0,[{atom,0,x}],[{clause,0,[{var,0,'X'}],[[{atom,0,true}]],[{atom,0,done}]}],[{clause,0,[{tuple,0,[{atom,0,throw},{var,0,'X'},{var,0,'_'}]}],[[{atom,0,true}]],[{atom,0,done}]}],[]},{atom,0,x},{clause,0,[{var,0,'X'}],[[{atom,0,true}]],[{atom,0,done}]},{clause,0,[{var,0,'X'}],[[{atom,0,true}]],[{atom,0,done}]}]
    show(fun() -> T = erl_syntax:tuple([a(x), i(1)]), parts(T, erl_syntax:tuple_elements(T)) end),  % expect: [tuple,{tuple,0,[{atom,0,x},{integer,0,1}]},{atom,0,x},{integer,0,1}]
    show(fun() -> T = erl_syntax:type_application(a(list), [ty(t)]), parts(T, [erl_syntax:type_application_name(T) | erl_syntax:type_application_arguments(T)]) end),  % expect: [type_application,{type,0,list,[{type,0,t,[]}]},{atom,0,list},{type,0,t,[]}]
    show(fun() -> T = erl_syntax:type_union([a(x), a(y)]), parts(T, erl_syntax:type_union_types(T)) end),  % expect: [type_union,{type,0,union,[{atom,0,x},{atom,0,y}]},{atom,0,x},{atom,0,y}]
    show(fun() -> T = erl_syntax:typed_record_field(erl_syntax:record_field(a(f)), ty(t)), [erl_syntax:type(erl_syntax:typed_record_field_body(T)) | list([erl_syntax:typed_record_field_type(T)])] end),  % expect: [record_field,{type,0,t,[]}]
    show(fun() -> T = erl_syntax:user_type_application(a(mine), [ty(t)]), parts(T, [erl_syntax:user_type_application_name(T) | erl_syntax:user_type_application_arguments(T)]) end),  % expect: [user_type_application,{user_type,0,mine,[{type,0,t,[]}]},{atom,0,mine},{type,0,t,[]}]
    show(fun() -> {F, Cs} = {erl_syntax:function_type([v('X')], ty(t)), [erl_syntax:constraint(a(is_subtype), [v('X'), ty(t)])]}, list(erl_syntax:conjunction_body(erl_syntax:constrained_function_type_argument(erl_syntax:constrained_function_type(F, Cs)))) end).  % expect: [{type,0,constraint,[{atom,0,is_subtype},[{var,0,'X'},{type,0,t,[]}]]}]

a(Name) -> erl_syntax:atom(Name).
v(Name) -> erl_syntax:variable(Name).
i(N) -> erl_syntax:integer(N).
ty(Name) -> erl_syntax:type_application(a(Name), []).
bin() -> erl_syntax:binary([erl_syntax:binary_field(v('X'))]).
field() -> erl_syntax:binary_field(v('X'), i(8), [a(little), a(unsigned)]).
gen() -> erl_syntax:generator(v('X'), v('L')).
clause() -> erl_syntax:clause([v('X')], [a(true)], [a(done)]).

rev(none) -> none;
rev(T) -> erl_syntax:revert(T).

%% The type of a tree, what it is as a form, and its parts as forms.
parts(T, Parts) -> [erl_syntax:type(T), rev(T) | list(Parts)].

list(Parts) -> [case lists:member(erl_syntax:type(P), [binary_field, record_field, size_qualifier, disjunction, conjunction, operator, arity_qualifier, record_type_field]) of true -> erl_syntax:type(P); false -> rev(P) end || P <- Parts].

%% Syntax trees: abstract code and what can be written in a source besides (comments, macros, parentheses, text), through one interface.
%%
%% A node is abstract code as the parser makes it; a wrapper of it, which adds a position, annotations or comments; or a tree. A tree holds
%% its type, its attributes and its data: of a leaf the value, of any other node its groups of subtrees, as subtrees/1 answers them.
%% Abstract code is looked at through groups/1, which answers the same for it, so that nearly every function here is a selection from them.
-module(erl_syntax).

-export([abstract/1, add_ann/2, add_postcomments/2, add_precomments/2, annotated_type/2, annotated_type_body/1, annotated_type_name/1,
         application/2, application/3, application_arguments/1, application_operator/1, arity_qualifier/2, arity_qualifier_argument/1,
         arity_qualifier_body/1, atom/1, atom_literal/1, atom_literal/2, atom_name/1, atom_value/1, attribute/1, attribute/2,
         attribute_arguments/1, attribute_name/1, binary/1, binary_comp/2, binary_comp_body/1, binary_comp_template/1, map_comp/2, map_comp_body/1, map_comp_template/1, map_generator/2,
         map_generator_body/1, map_generator_pattern/1, binary_field/1,
         binary_field/2, binary_field/3, binary_field_body/1, binary_field_size/1, binary_field_types/1, binary_fields/1,
         binary_generator/2, binary_generator_body/1, binary_generator_pattern/1, bitstring_type/2, bitstring_type_m/1,
         bitstring_type_n/1, block_expr/1, block_expr_body/1, case_expr/2, case_expr_argument/1, case_expr_clauses/1, catch_expr/1,
         catch_expr_body/1, char/1, char_literal/1, char_literal/2, char_value/1, class_qualifier/2, class_qualifier/3,
         class_qualifier_argument/1, class_qualifier_body/1, class_qualifier_stacktrace/1, clause/2, clause/3, clause_body/1,
         clause_guard/1, clause_patterns/1, comment/1, comment/2, comment_padding/1, comment_text/1, compact_list/1, concrete/1,
         conjunction/1, conjunction_body/1, cons/2, constrained_function_type/2, constrained_function_type_argument/1,
         constrained_function_type_body/1, constraint/2, constraint_argument/1, constraint_body/1, copy_ann/2, copy_attrs/2,
         copy_comments/2, copy_pos/2, data/1, disjunction/1, disjunction_body/1, else_expr/1, else_expr_clauses/1, eof_marker/0,
         error_marker/1, error_marker_info/1, flatten_form_list/1, float/1, float_literal/1, float_value/1, form_list/1,
         form_list_elements/1, fun_expr/1, fun_expr_arity/1, fun_expr_clauses/1, fun_type/0, function/2, function_arity/1,
         function_clauses/1, function_name/1, function_type/1, function_type/2, function_type_arguments/1, function_type_return/1,
         generator/2, generator_body/1, generator_pattern/1, get_ann/1, get_attrs/1, get_pos/1, get_postcomments/1, get_precomments/1,
         has_comments/1, if_expr/1, if_expr_clauses/1, implicit_fun/1, implicit_fun/2, implicit_fun/3, implicit_fun_name/1, infix_expr/3,
         infix_expr_left/1, infix_expr_operator/1, infix_expr_right/1, integer/1, integer_literal/1, integer_range_type/2,
         integer_range_type_high/1, integer_range_type_low/1, integer_value/1, is_atom/2, is_char/2, is_form/1, is_integer/2, is_leaf/1,
         is_list_skeleton/1, is_literal/1, is_proper_list/1, is_string/2, is_tree/1, join_comments/2, list/1, list/2, list_comp/2,
         list_comp_body/1, list_comp_template/1, list_elements/1, list_head/1, list_length/1, list_prefix/1, list_suffix/1, list_tail/1,
         macro/1, macro/2, macro_arguments/1, macro_name/1, make_tree/2, map_expr/1, map_expr/2, map_expr_argument/1, map_expr_fields/1,
         map_field_assoc/2, map_field_assoc_name/1, map_field_assoc_value/1, map_field_exact/2, map_field_exact_name/1,
         map_field_exact_value/1, map_type/0, map_type/1, map_type_assoc/2, map_type_assoc_name/1, map_type_assoc_value/1,
         map_type_exact/2, map_type_exact_name/1, map_type_exact_value/1, map_type_fields/1, match_expr/2, match_expr_body/1,
         match_expr_pattern/1, maybe_expr/1, maybe_expr/2, maybe_expr_body/1, maybe_expr_else/1, maybe_match_expr/2,
         maybe_match_expr_body/1, maybe_match_expr_pattern/1, meta/1, module_qualifier/2, module_qualifier_argument/1,
         module_qualifier_body/1, named_fun_expr/2, named_fun_expr_arity/1, named_fun_expr_clauses/1, named_fun_expr_name/1, nil/0,
         normalize_list/1, operator/1, operator_literal/1, operator_name/1, parentheses/1, parentheses_body/1, prefix_expr/2,
         prefix_expr_argument/1, prefix_expr_operator/1, receive_expr/1, receive_expr/3, receive_expr_action/1, receive_expr_clauses/1,
         receive_expr_timeout/1, record_access/3, record_access_argument/1, record_access_field/1, record_access_type/1, record_expr/2,
         record_expr/3, record_expr_argument/1, record_expr_fields/1, record_expr_type/1, record_field/1, record_field/2,
         record_field_name/1, record_field_value/1, record_index_expr/2, record_index_expr_field/1, record_index_expr_type/1,
         record_type/2, record_type_field/2, record_type_field_name/1, record_type_field_type/1, record_type_fields/1, record_type_name/1,
         remove_comments/1, revert/1, revert_forms/1, set_ann/2, set_attrs/2, set_pos/2, set_postcomments/2, set_precomments/2,
         size_qualifier/2, size_qualifier_argument/1, size_qualifier_body/1, string/1, string_literal/1, string_literal/2, string_value/1,
         subtrees/1, text/1, text_string/1, tree/1, tree/2, try_after_expr/2, try_expr/2, try_expr/3, try_expr/4, try_expr_after/1,
         try_expr_body/1, try_expr_clauses/1, try_expr_handlers/1, tuple/1, tuple_elements/1, tuple_size/1, tuple_type/0, tuple_type/1,
         tuple_type_elements/1, type/1, type_application/2, type_application/3, type_application_arguments/1, type_application_name/1,
         type_union/1, type_union_types/1, typed_record_field/2, typed_record_field_body/1, typed_record_field_type/1, underscore/0,
         update_tree/2, user_type_application/2, user_type_application_arguments/1, user_type_application_name/1, variable/1,
         variable_literal/1, variable_name/1, warning_marker/1, warning_marker_info/1]).
-export_type([syntaxTree/0, forms/0, encoding/0, guard/0]).

-compile({no_auto_import, [tuple_size/1, float/1, is_integer/2, is_atom/2]}).

-record(attr, {pos = 0, ann = [], com = none}).
-record(com, {pre = [], post = []}).
-record(tree, {type, attr = #attr{}, data}).
-record(wrapper, {type, attr, tree}).

-opaque syntaxTree() :: tuple().
-type forms() :: syntaxTree() | [syntaxTree()].
-type encoding() :: utf8 | unicode | latin1.
-type guard() :: none | syntaxTree() | [syntaxTree()] | [[syntaxTree()]].

%%% Nodes

tree(Type) -> tree(Type, []).

tree(Type, Data) -> #tree{type = Type, data = Data}.

is_tree(#tree{}) -> true;
is_tree(_) -> false.

data(#tree{data = Data}) -> Data;
data(Node) -> bad(Node).

bad(Node) -> erlang:error({badarg, Node}).

type(#tree{type = Type}) -> Type;
type(#wrapper{type = Type}) -> Type;
type(Form) -> form_type(Form).

%% A type for everything that the parser makes.
form_type({var, _, '_'}) -> underscore;
form_type({var, _, _}) -> variable;
form_type({Leaf, _, _}) when Leaf =:= atom; Leaf =:= char; Leaf =:= float; Leaf =:= integer; Leaf =:= string -> Leaf;
form_type({nil, _}) -> nil;
form_type({cons, _, _, _}) -> list;
form_type({tuple, _, _}) -> tuple;
form_type({bin, _, _}) -> binary;
form_type({bin_element, _, _, _, _}) -> binary_field;
form_type({map, _, _}) -> map_expr;
form_type({map, _, _, _}) -> map_expr;
form_type({map_field_assoc, _, _, _}) -> map_field_assoc;
form_type({map_field_exact, _, _, _}) -> map_field_exact;
form_type({record, _, _, _}) -> record_expr;
form_type({record, _, _, _, _}) -> record_expr;
form_type({record_field, _, _}) -> record_field;
form_type({record_field, _, _, _}) -> record_field;
form_type({record_field, _, _, _, _}) -> record_access;
form_type({record_index, _, _, _}) -> record_index_expr;
form_type({typed_record_field, _, _}) -> typed_record_field;
form_type({op, _, _, _}) -> prefix_expr;
form_type({op, _, _, _, _}) -> infix_expr;
form_type({match, _, _, _}) -> match_expr;
form_type({maybe_match, _, _, _}) -> maybe_match_expr;
form_type({call, _, _, _}) -> application;
form_type({remote, _, _, _}) -> module_qualifier;
form_type({'catch', _, _}) -> catch_expr;
form_type({block, _, _}) -> block_expr;
form_type({'maybe', _, _}) -> maybe_expr;
form_type({'maybe', _, _, _}) -> maybe_expr;
form_type({'else', _, _}) -> else_expr;
form_type({'if', _, _}) -> if_expr;
form_type({'case', _, _, _}) -> case_expr;
form_type({'receive', _, _}) -> receive_expr;
form_type({'receive', _, _, _, _}) -> receive_expr;
form_type({'try', _, _, _, _, _}) -> try_expr;
form_type({clause, _, _, _, _}) -> clause;
form_type({lc, _, _, _}) -> list_comp;
form_type({bc, _, _, _}) -> binary_comp;
form_type({generate, _, _, _}) -> generator;
form_type({b_generate, _, _, _}) -> binary_generator;
form_type({mc, _, _, _}) -> map_comp;
form_type({m_generate, _, _, _}) -> map_generator;
form_type({'fun', _, {clauses, _}}) -> fun_expr;
form_type({'fun', _, {function, _, _}}) -> implicit_fun;
form_type({'fun', _, {function, _, _, _}}) -> implicit_fun;
form_type({named_fun, _, _, _}) -> named_fun_expr;
form_type({attribute, _, _, _}) -> attribute;
form_type({function, _, _, _, _}) -> function;
form_type({eof, _}) -> eof_marker;
form_type({error, _}) -> error_marker;
form_type({warning, _}) -> warning_marker;
form_type({ann_type, _, _}) -> annotated_type;
form_type({remote_type, _, _}) -> type_application;
form_type({user_type, _, _, _}) -> user_type_application;
form_type({type, _, Name, Args}) -> type_of_type(Name, Args);
form_type(Form) -> bad(Form).

type_of_type(bounded_fun, _) -> constrained_function_type;
type_of_type(constraint, _) -> constraint;
type_of_type('fun', []) -> fun_type;
type_of_type('fun', _) -> function_type;
type_of_type(binary, [_, _]) -> bitstring_type;
type_of_type(range, _) -> integer_range_type;
type_of_type(map, _) -> map_type;
type_of_type(map_field_assoc, _) -> map_type_assoc;
type_of_type(map_field_exact, _) -> map_type_exact;
type_of_type(record, _) -> record_type;
type_of_type(field_type, _) -> record_type_field;
type_of_type(tuple, _) -> tuple_type;
type_of_type(union, _) -> type_union;
type_of_type(_, _) -> type_application.

is_leaf(Node) ->
    case type(Node) of
        map_expr -> groups(Node) =:= [];
        tuple -> groups(Node) =:= [[]];
        Type when Type =:= tuple_type; Type =:= map_type -> groups(Node) =:= [];
        Type -> is_leaf_type(Type)
    end.

is_leaf_type(Type) ->
    lists:member(Type, [atom, char, comment, eof_marker, error_marker, float, fun_type, integer, nil, operator, string, text, underscore,
                        variable, warning_marker]).

is_form(Node) ->
    lists:member(type(Node), [attribute, comment, function, eof_marker, error_marker, form_list, warning_marker, text]).

subtrees(Node) ->
    case is_leaf(Node) of
        true -> [];
        false -> groups(Node)
    end.

%% The groups of subtrees of a node that is no leaf.
groups(#tree{type = Type, data = Data} = Node) ->
    case is_list(Data) andalso lists:all(fun is_list/1, Data) of
        true when Data =/= []; Type =:= map_expr; Type =:= tuple_type; Type =:= map_type -> Data;
        _ -> erlang:error({case_clause, type(Node)})
    end;
groups(#wrapper{tree = Form}) -> groups(Form);
groups(Form) -> form_groups(Form).

groups(Node, Type) ->
    case type(Node) of
        Type -> groups(Node);
        _ -> bad(Node)
    end.

%% The only tree of a group, and all of a group.
one(N, Node, Type) -> hd(lists:nth(N, groups(Node, Type))).

many(N, Node, Type) -> lists:nth(N, groups(Node, Type)).

leaf(Node, Type) ->
    case type(Node) of
        Type -> value(Node);
        _ -> bad(Node)
    end.

value(#tree{data = Value}) -> Value;
value(#wrapper{tree = Form}) -> value(Form);
value({eof, _}) -> [];
value({nil, _}) -> [];
value({_, Value}) -> Value;
value({_, _, Value}) -> Value.

update_tree(Node, Groups) -> copy_attrs(Node, make_tree(type(Node), Groups)).

%% The constructor of a type, applied to groups.
make_tree(annotated_type, [[N], [T]]) -> annotated_type(N, T);
make_tree(application, [[F], Args]) -> application(F, Args);
make_tree(arity_qualifier, [[N], [A]]) -> arity_qualifier(N, A);
make_tree(attribute, [[N]]) -> attribute(N);
make_tree(attribute, [[N], Args]) -> attribute(N, Args);
make_tree(binary, [Fields]) -> binary(Fields);
make_tree(binary_comp, [[T], Body]) -> binary_comp(T, Body);
make_tree(binary_field, [[Body]]) -> binary_field(Body);
make_tree(binary_field, [[Body], Types]) -> binary_field(Body, Types);
make_tree(binary_generator, [[P], [E]]) -> binary_generator(P, E);
make_tree(map_comp, [[T], Body]) -> map_comp(T, Body);
make_tree(map_generator, [[P], [E]]) -> map_generator(P, E);
make_tree(bitstring_type, [[M], [N]]) -> bitstring_type(M, N);
make_tree(block_expr, [Body]) -> block_expr(Body);
make_tree(case_expr, [[E], Clauses]) -> case_expr(E, Clauses);
make_tree(catch_expr, [[E]]) -> catch_expr(E);
make_tree(class_qualifier, [[C], [Body]]) -> class_qualifier(C, Body);
make_tree(class_qualifier, [[C], [Body], [Stack]]) -> class_qualifier(C, Body, Stack);
make_tree(clause, [Patterns, Body]) -> clause(Patterns, none, Body);
make_tree(clause, [Patterns, [Guard], Body]) -> clause(Patterns, Guard, Body);
make_tree(conjunction, [Es]) -> conjunction(Es);
make_tree(constrained_function_type, [[F], Constraints]) -> constrained_function_type(F, Constraints);
make_tree(constraint, [[N], Types]) -> constraint(N, Types);
make_tree(disjunction, [Es]) -> disjunction(Es);
make_tree(else_expr, [Clauses]) -> else_expr(Clauses);
make_tree(form_list, [Forms]) -> form_list(Forms);
make_tree(fun_expr, [Clauses]) -> fun_expr(Clauses);
make_tree(function, [[N], Clauses]) -> function(N, Clauses);
make_tree(function_type, [[T]]) -> function_type(T);
make_tree(function_type, [Args, [T]]) -> function_type(Args, T);
make_tree(generator, [[P], [E]]) -> generator(P, E);
make_tree(if_expr, [Clauses]) -> if_expr(Clauses);
make_tree(implicit_fun, [[N]]) -> implicit_fun(N);
make_tree(infix_expr, [[L], [Op], [R]]) -> infix_expr(L, Op, R);
make_tree(integer_range_type, [[L], [H]]) -> integer_range_type(L, H);
make_tree(list, [Prefix]) -> list(Prefix);
make_tree(list, [Prefix, [Suffix]]) -> list(Prefix, Suffix);
make_tree(list_comp, [[T], Body]) -> list_comp(T, Body);
make_tree(macro, [[N]]) -> macro(N);
make_tree(macro, [[N], Args]) -> macro(N, Args);
make_tree(map_expr, [Fields]) -> map_expr(Fields);
make_tree(map_expr, [[E], Fields]) -> map_expr(E, Fields);
make_tree(map_field_assoc, [[K], [V]]) -> map_field_assoc(K, V);
make_tree(map_field_exact, [[K], [V]]) -> map_field_exact(K, V);
make_tree(map_type, [Fields]) -> map_type(Fields);
make_tree(map_type_assoc, [[K], [V]]) -> map_type_assoc(K, V);
make_tree(map_type_exact, [[K], [V]]) -> map_type_exact(K, V);
make_tree(match_expr, [[P], [E]]) -> match_expr(P, E);
make_tree(maybe_expr, [Body]) -> maybe_expr(Body);
make_tree(maybe_expr, [Body, [Else]]) -> maybe_expr(Body, Else);
make_tree(maybe_match_expr, [[P], [E]]) -> maybe_match_expr(P, E);
make_tree(module_qualifier, [[M], [N]]) -> module_qualifier(M, N);
make_tree(named_fun_expr, [[N], Clauses]) -> named_fun_expr(N, Clauses);
make_tree(parentheses, [[E]]) -> parentheses(E);
make_tree(prefix_expr, [[Op], [E]]) -> prefix_expr(Op, E);
make_tree(receive_expr, [Clauses]) -> receive_expr(Clauses);
make_tree(receive_expr, [Clauses, [E], Action]) -> receive_expr(Clauses, E, Action);
make_tree(record_access, [[E], [Type], [Field]]) -> record_access(E, Type, Field);
make_tree(record_expr, [[Type], Fields]) -> record_expr(Type, Fields);
make_tree(record_expr, [[E], [Type], Fields]) -> record_expr(E, Type, Fields);
make_tree(record_field, [[N]]) -> record_field(N);
make_tree(record_field, [[N], [E]]) -> record_field(N, E);
make_tree(record_index_expr, [[Type], [Field]]) -> record_index_expr(Type, Field);
make_tree(record_type, [[N], Fields]) -> record_type(N, Fields);
make_tree(record_type_field, [[N], [T]]) -> record_type_field(N, T);
make_tree(size_qualifier, [[N], [A]]) -> size_qualifier(N, A);
make_tree(try_expr, [Body, Clauses, Handlers, After]) -> try_expr(Body, Clauses, Handlers, After);
make_tree(tuple, [Es]) -> tuple(Es);
make_tree(tuple_type, [Es]) -> tuple_type(Es);
make_tree(type_application, [[N], Args]) -> type_application(N, Args);
make_tree(type_union, [Types]) -> type_union(Types);
make_tree(typed_record_field, [[F], [T]]) -> typed_record_field(F, T);
make_tree(user_type_application, [[N], Args]) -> user_type_application(N, Args).

%%% Attributes of nodes

get_attrs(#tree{attr = Attr}) -> Attr;
get_attrs(#wrapper{attr = Attr}) -> Attr;
get_attrs(Form) -> #attr{pos = get_pos(Form)}.

set_attrs(#tree{} = Node, Attr) -> Node#tree{attr = Attr};
set_attrs(#wrapper{} = Node, Attr) -> Node#wrapper{attr = Attr};
set_attrs(Form, Attr) -> #wrapper{type = type(Form), attr = Attr, tree = Form}.

copy_attrs(From, To) -> set_attrs(To, get_attrs(From)).

get_pos(#tree{attr = #attr{pos = Pos}}) -> Pos;
get_pos(#wrapper{attr = #attr{pos = Pos}}) -> Pos;
get_pos({error, {Pos, _, _}}) -> Pos;
get_pos({warning, {Pos, _, _}}) -> Pos;
get_pos(Form) -> element(2, Form).

set_pos(Node, Pos) -> set_attrs(Node, (get_attrs(Node))#attr{pos = Pos}).

copy_pos(From, To) -> set_pos(To, get_pos(From)).

%% What is no node at all, `none' for a guard that is not there above all, has no annotations and no comments.
get_ann(#tree{attr = #attr{ann = Ann}}) -> Ann;
get_ann(#wrapper{attr = #attr{ann = Ann}}) -> Ann;
get_ann(_) -> [].

set_ann(Node, Annotations) -> set_attrs(Node, (get_attrs(Node))#attr{ann = Annotations}).

add_ann(Annotation, Node) -> set_ann(Node, [Annotation | get_ann(Node)]).

copy_ann(From, To) -> set_ann(To, get_ann(From)).

comments(#tree{attr = #attr{com = #com{} = Comments}}) -> Comments;
comments(#wrapper{attr = #attr{com = #com{} = Comments}}) -> Comments;
comments(_) -> #com{}.

with_comments(Node, Comments) -> set_attrs(Node, (get_attrs(Node))#attr{com = Comments}).

get_precomments(Node) -> (comments(Node))#com.pre.

set_precomments(Node, Comments) -> with_comments(Node, (comments(Node))#com{pre = Comments}).

add_precomments(Comments, Node) -> set_precomments(Node, get_precomments(Node) ++ Comments).

get_postcomments(Node) -> (comments(Node))#com.post.

set_postcomments(Node, Comments) -> with_comments(Node, (comments(Node))#com{post = Comments}).

add_postcomments(Comments, Node) -> set_postcomments(Node, get_postcomments(Node) ++ Comments).

has_comments(Node) -> comments(Node) =/= #com{}.

remove_comments(Node) -> with_comments(Node, none).

copy_comments(From, To) -> with_comments(To, (get_attrs(From))#attr.com).

join_comments(From, To) -> add_postcomments(get_postcomments(From), add_precomments(get_precomments(From), To)).

%%% Leaves

atom(Name) when is_atom(Name) -> tree(atom, Name);
atom(Name) -> tree(atom, list_to_atom(Name)).

is_atom(Node, Value) -> is(atom, Node, Value).

is(Type, Node, Value) -> type(Node) =:= Type andalso value(Node) =:= Value.

atom_value(Node) -> leaf(Node, atom).
atom_name(Node) -> atom_to_list(atom_value(Node)).
atom_literal(Node) -> atom_literal(Node, latin1).
atom_literal(Node, latin1) -> io_lib:write_atom_as_latin1(atom_value(Node));
atom_literal(Node, Encoding) when Encoding =:= utf8; Encoding =:= unicode -> io_lib:write_atom(atom_value(Node)).

char(Char) -> tree(char, Char).
is_char(Node, Value) -> is(char, Node, Value).
char_value(Node) -> leaf(Node, char).
char_literal(Node) -> char_literal(Node, latin1).
char_literal(Node, latin1) -> io_lib:write_char_as_latin1(char_value(Node));
char_literal(Node, Encoding) when Encoding =:= utf8; Encoding =:= unicode -> io_lib:write_char(char_value(Node)).

string(Text) -> tree(string, Text).
is_string(Node, Value) -> is(string, Node, Value).
string_value(Node) -> leaf(Node, string).
string_literal(Node) -> string_literal(Node, latin1).
string_literal(Node, latin1) -> io_lib:write_string_as_latin1(string_value(Node));
string_literal(Node, Encoding) when Encoding =:= utf8; Encoding =:= unicode -> io_lib:write_string(string_value(Node)).

integer(Value) -> tree(integer, Value).
is_integer(Node, Value) -> is(integer, Node, Value).
integer_value(Node) -> leaf(Node, integer).
integer_literal(Node) -> integer_to_list(integer_value(Node)).

float(Value) -> tree(float, Value).
float_value(Node) -> leaf(Node, float).
float_literal(Node) -> float_to_list(float_value(Node)).

variable(Name) when is_atom(Name) -> tree(variable, Name);
variable(Name) -> tree(variable, list_to_atom(Name)).
variable_name(Node) -> leaf(Node, variable).
variable_literal(Node) -> atom_to_list(variable_name(Node)).

underscore() -> tree(underscore, []).

operator(Name) when is_atom(Name) -> tree(operator, Name);
operator(Name) -> tree(operator, list_to_atom(Name)).
operator_name(Node) -> leaf(Node, operator).
operator_literal(Node) -> atom_to_list(operator_name(Node)).

text(Text) -> tree(text, Text).
text_string(Node) -> leaf(Node, text).

comment(Lines) -> comment(none, Lines).
comment(Padding, Lines) -> tree(comment, {Padding, Lines}).
comment_text(Node) -> element(2, leaf(Node, comment)).
comment_padding(Node) -> element(1, leaf(Node, comment)).

eof_marker() -> tree(eof_marker, []).
error_marker(Info) -> tree(error_marker, Info).
error_marker_info(Node) -> leaf(Node, error_marker).
warning_marker(Info) -> tree(warning_marker, Info).
warning_marker_info(Node) -> leaf(Node, warning_marker).

fun_type() -> tree(fun_type, []).

%%% Lists

nil() -> tree(nil, []).

list(Elements) -> list(Elements, none).

list([], none) -> nil();
list([_ | _] = Elements, none) -> tree(list, [Elements]);
list([_ | _] = Prefix, Suffix) -> tree(list, [Prefix, [Suffix]]).

cons(Head, Tail) ->
    case type(Tail) of
        list -> list([Head | list_prefix(Tail)], list_suffix(Tail));
        nil -> list([Head]);
        _ -> list([Head], Tail)
    end.

list_prefix(Node) -> many(1, Node, list).

list_suffix(Node) ->
    case groups(Node, list) of
        [_, [Suffix]] -> Suffix;
        [_] -> none
    end.

list_head(Node) -> hd(list_prefix(Node)).

list_tail(Node) ->
    case {list_prefix(Node), list_suffix(Node)} of
        {[_], none} -> nil();
        {[_], Suffix} -> Suffix;
        {[_ | Rest], Suffix} -> list(Rest, Suffix)
    end.

is_list_skeleton(Node) -> lists:member(type(Node), [list, nil]).

is_proper_list(Node) ->
    case type(Node) of
        list ->
            case list_suffix(Node) of
                none -> true;
                Suffix -> is_proper_list(Suffix)
            end;
        nil -> true;
        _ -> false
    end.

list_elements(Node) ->
    case type(Node) of
        list ->
            case list_suffix(Node) of
                none -> list_prefix(Node);
                Suffix -> list_prefix(Node) ++ list_elements(Suffix)
            end;
        nil -> [];
        Type -> erlang:error({case_clause, Type})
    end.

list_length(Node) -> length(list_elements(Node)).

%% A list of one element and its rest, however it was written.
normalize_list(Node) ->
    case type(Node) of
        list -> copy_attrs(Node, normalized(list_prefix(Node), list_suffix(Node)));
        _ -> Node
    end.

normalized([Head | Rest], Suffix) ->
    Tail = case {Rest, Suffix} of
               {[], none} -> nil();
               {[], _} -> normalize_list(Suffix);
               _ -> normalized(Rest, Suffix)
           end,
    list([Head], Tail).

%% As few list nodes as can be.
compact_list(Node) ->
    case type(Node) of
        list ->
            case list_suffix(Node) of
                none -> Node;
                Suffix ->
                    case type(Suffix) of
                        list ->
                            Tail = compact_list(Suffix),
                            copy_attrs(Node, list(list_prefix(Node) ++ list_prefix(Tail), list_suffix(Tail)));
                        nil -> copy_attrs(Node, list(list_prefix(Node)));
                        _ -> Node
                    end
            end;
        _ -> Node
    end.

%%% Nodes with parts that may be missing

attribute(Name) -> tree(attribute, [[Name]]).
attribute(Name, none) -> attribute(Name);
attribute(Name, Args) -> tree(attribute, [[Name], Args]).
attribute_name(Node) -> one(1, Node, attribute).
attribute_arguments(Node) -> rest(2, groups(Node, attribute)).

%% A group that may be missing.
rest(N, Groups) when length(Groups) >= N -> lists:nth(N, Groups);
rest(_, _) -> none.

macro(Name) -> tree(macro, [[Name]]).
macro(Name, none) -> macro(Name);
macro(Name, Args) -> tree(macro, [[Name], Args]).
macro_name(Node) -> one(1, Node, macro).
macro_arguments(Node) -> rest(2, groups(Node, macro)).

application(none, Name, Args) -> application(Name, Args);
application(Module, Name, Args) -> application(module_qualifier(Module, Name), Args).

type_application(none, Name, Args) -> type_application(Name, Args);
type_application(Module, Name, Args) -> type_application(module_qualifier(Module, Name), Args).

implicit_fun(Name, none) -> implicit_fun(Name);
implicit_fun(Name, Arity) -> implicit_fun(arity_qualifier(Name, Arity)).
implicit_fun(none, Name, Arity) -> implicit_fun(Name, Arity);
implicit_fun(Module, Name, Arity) -> implicit_fun(module_qualifier(Module, arity_qualifier(Name, Arity))).

binary_field(Body) -> tree(binary_field, [[Body]]).
binary_field(Body, []) -> binary_field(Body);
binary_field(Body, Types) -> tree(binary_field, [[Body], Types]).
binary_field(Body, none, Types) -> binary_field(Body, Types);
binary_field(Body, Size, Types) -> binary_field(size_qualifier(Body, Size), Types).
binary_field_body(Node) -> one(1, Node, binary_field).

binary_field_types(Node) ->
    case groups(Node, binary_field) of
        [_] -> [];
        [_, Types] -> Types
    end.

binary_field_size(Node) ->
    Body = binary_field_body(Node),
    case type(Body) of
        size_qualifier -> size_qualifier_argument(Body);
        _ -> none
    end.

class_qualifier(Class, Body) -> class_qualifier(Class, Body, {var, get_pos(Body), '_'}).
class_qualifier(Class, Body, Stack) -> tree(class_qualifier, [[Class], [Body], [Stack]]).
class_qualifier_argument(Node) -> one(1, Node, class_qualifier).
class_qualifier_body(Node) -> one(2, Node, class_qualifier).
class_qualifier_stacktrace(Node) -> one(3, Node, class_qualifier).

clause(Guard, Body) -> clause([], Guard, Body).

clause(Patterns, Guard, Body) ->
    case guard(Guard) of
        none -> tree(clause, [Patterns, Body]);
        One -> tree(clause, [Patterns, [One], Body])
    end.

%% A guard may come as tests, or as alternatives of tests.
guard(none) -> none;
guard([]) -> none;
guard([[_ | _] | _] = Alternatives) -> disjunction([conjunction(Tests) || Tests <- Alternatives]);
guard([_ | _] = Tests) -> conjunction(Tests);
guard(Guard) -> Guard.

clause_patterns(Node) -> many(1, Node, clause).
clause_body(Node) -> lists:last(groups(Node, clause)).

clause_guard(Node) ->
    case groups(Node, clause) of
        [_, [Guard], _] -> Guard;
        [_, _] -> none
    end.

function_type(Return) -> tree(function_type, [[Return]]).
function_type(any_arity, Return) -> function_type(Return);
function_type(Args, Return) -> tree(function_type, [Args, [Return]]).
function_type_return(Node) -> hd(lists:last(groups(Node, function_type))).

function_type_arguments(Node) ->
    case groups(Node, function_type) of
        [_] -> any_arity;
        [Args, _] -> Args
    end.

map_expr(Fields) -> map_expr(none, Fields).
map_expr(none, []) -> tree(map_expr, []);
map_expr(none, Fields) -> tree(map_expr, [Fields]);
map_expr(Map, Fields) -> tree(map_expr, [[Map], Fields]).

map_expr_argument(Node) ->
    case groups(Node, map_expr) of
        [[Map], _] -> Map;
        _ -> none
    end.

map_expr_fields(Node) ->
    case groups(Node, map_expr) of
        [] -> [];
        Groups -> lists:last(Groups)
    end.

map_type() -> map_type(any_size).
map_type(any_size) -> tree(map_type, []);
map_type(Fields) -> tree(map_type, [Fields]).
map_type_fields(Node) -> sized(groups(Node, map_type)).

sized([]) -> any_size;
sized([Parts]) -> Parts.

tuple_type() -> tuple_type(any_size).
tuple_type(any_size) -> tree(tuple_type, []);
tuple_type(Elements) -> tree(tuple_type, [Elements]).
tuple_type_elements(Node) -> sized(groups(Node, tuple_type)).

maybe_expr(Body) -> tree(maybe_expr, [Body]).
maybe_expr(Body, none) -> maybe_expr(Body);
maybe_expr(Body, Else) -> tree(maybe_expr, [Body, [Else]]).
maybe_expr_body(Node) -> many(1, Node, maybe_expr).

maybe_expr_else(Node) ->
    case groups(Node, maybe_expr) of
        [_, [Else]] -> Else;
        [_] -> none
    end.

receive_expr(Clauses) -> tree(receive_expr, [Clauses]).
receive_expr(Clauses, none, _) -> receive_expr(Clauses);
receive_expr(Clauses, Timeout, Action) -> tree(receive_expr, [Clauses, [Timeout], Action]).
receive_expr_clauses(Node) -> many(1, Node, receive_expr).

receive_expr_timeout(Node) ->
    case groups(Node, receive_expr) of
        [_, [Timeout], _] -> Timeout;
        [_] -> none
    end.

receive_expr_action(Node) ->
    case groups(Node, receive_expr) of
        [_, _, Action] -> Action;
        [_] -> []
    end.

record_expr(Type, Fields) -> tree(record_expr, [[Type], Fields]).
record_expr(none, Type, Fields) -> record_expr(Type, Fields);
record_expr(Record, Type, Fields) -> tree(record_expr, [[Record], [Type], Fields]).
record_expr_fields(Node) -> lists:last(groups(Node, record_expr)).

record_expr_argument(Node) ->
    case groups(Node, record_expr) of
        [[Record], _, _] -> Record;
        _ -> none
    end.

record_expr_type(Node) ->
    case groups(Node, record_expr) of
        [_, [Type], _] -> Type;
        [[Type], _] -> Type
    end.

record_field(Name) -> tree(record_field, [[Name]]).
record_field(Name, none) -> record_field(Name);
record_field(Name, Value) -> tree(record_field, [[Name], [Value]]).
record_field_name(Node) -> one(1, Node, record_field).

record_field_value(Node) ->
    case groups(Node, record_field) of
        [_, [Value]] -> Value;
        [_] -> none
    end.

try_expr(Body, Handlers) -> try_expr(Body, [], Handlers).
try_expr(Body, Clauses, Handlers) -> try_expr(Body, Clauses, Handlers, []).
try_after_expr(Body, After) -> try_expr(Body, [], [], After).

%%% What is counted

tuple_size(Node) -> length(tuple_elements(Node)).
function_arity(Node) -> arity(function_clauses(Node)).
fun_expr_arity(Node) -> arity(fun_expr_clauses(Node)).
named_fun_expr_arity(Node) -> arity(named_fun_expr_clauses(Node)).

arity([Clause | _]) -> length(clause_patterns(Clause)).

%%% Lists of forms

flatten_form_list(Node) -> set_forms(Node, flat_forms(form_list_elements(Node))).

set_forms(Node, Forms) -> copy_attrs(Node, form_list(Forms)).

flat_forms(Forms) ->
    lists:append([case type(F) of
                      form_list -> flat_forms(form_list_elements(F));
                      _ -> [F]
                  end || F <- Forms]).

%%% Abstract code seen as groups

form_groups({cons, _, _, _} = List) ->
    case unrolled(List, []) of
        {Prefix, {nil, _}} -> [Prefix];
        {Prefix, Suffix} -> [Prefix, [Suffix]]
    end;
form_groups({tuple, _, Es}) -> [Es];
form_groups({bin, _, Fields}) -> [Fields];
form_groups({bin_element, Pos, Body, Size, Types}) ->
    Whole = case Size of
                default -> Body;
                _ -> size_qualifier(Body, Size)
            end,
    case Types of
        default -> [[Whole]];
        _ -> [[Whole], [field_type(T, Pos) || T <- Types]]
    end;
form_groups({map, _, []}) -> [];
form_groups({map, _, Fields}) -> [Fields];
form_groups({map, _, Map, Fields}) -> [[Map], Fields];
form_groups({Field, _, Key, Value}) when Field =:= map_field_assoc; Field =:= map_field_exact -> [[Key], [Value]];
form_groups({record, Pos, Name, Fields}) -> [[named(Name, Pos)], Fields];
form_groups({record, Pos, Record, Name, Fields}) -> [[Record], [named(Name, Pos)], Fields];
form_groups({record_field, _, Name}) -> [[Name]];
form_groups({record_field, _, Name, Value}) -> [[Name], [Value]];
form_groups({record_field, Pos, Record, Name, Field}) -> [[Record], [named(Name, Pos)], [Field]];
form_groups({record_index, Pos, Name, Field}) -> [[named(Name, Pos)], [Field]];
form_groups({typed_record_field, Field, Type}) -> [[Field], [Type]];
form_groups({op, Pos, Op, E}) -> [[set_pos(operator(Op), Pos)], [E]];
form_groups({op, Pos, Op, L, R}) -> [[L], [set_pos(operator(Op), Pos)], [R]];
form_groups({Pair, _, P, E}) when Pair =:= match; Pair =:= maybe_match; Pair =:= generate; Pair =:= b_generate; Pair =:= m_generate; Pair =:= remote -> [[P], [E]];
form_groups({call, _, F, Args}) -> [[F], Args];
form_groups({'catch', _, E}) -> [[E]];
form_groups({Body, _, Es}) when Body =:= block; Body =:= 'maybe'; Body =:= 'else'; Body =:= 'if'; Body =:= 'receive' -> [Es];
form_groups({'maybe', _, Es, Else}) -> [Es, [Else]];
form_groups({'case', _, E, Clauses}) -> [[E], Clauses];
form_groups({'receive', _, Clauses, Timeout, Action}) -> [Clauses, [Timeout], Action];
form_groups({'try', _, Body, Clauses, Handlers, After}) -> [Body, Clauses, [handler(H) || H <- Handlers], After];
form_groups({clause, _, Patterns, [], Body}) -> [Patterns, Body];
form_groups({clause, _, Patterns, Guard, Body}) -> [Patterns, [guard(Guard)], Body];
form_groups({Comp, _, Template, Body}) when Comp =:= lc; Comp =:= bc; Comp =:= mc -> [[Template], Body];
form_groups({'fun', _, {clauses, Clauses}}) -> [Clauses];
form_groups({'fun', Pos, {function, Name, Arity}}) -> [[arity_qualifier(named(Name, Pos), set_pos(integer(Arity), Pos))]];
form_groups({'fun', Pos, {function, M, N, A}}) when is_atom(M), is_atom(N), is_integer(A) ->
    [[module_qualifier(named(M, Pos), arity_qualifier(named(N, Pos), set_pos(integer(A), Pos)))]];
form_groups({'fun', _, {function, M, N, A}}) -> [[module_qualifier(M, arity_qualifier(N, A))]];
form_groups({named_fun, Pos, Name, Clauses}) -> [[set_pos(variable(Name), Pos)], Clauses];
form_groups({function, Pos, Name, _, Clauses}) -> [[named(Name, Pos)], Clauses];
form_groups({attribute, Pos, Name, Value}) -> [[named(Name, Pos)], attribute_parts(Name, Value, Pos)];
form_groups({ann_type, _, [Name, Type]}) -> [[Name], [Type]];
form_groups({remote_type, _, [M, N, Args]}) -> [[module_qualifier(M, N)], Args];
form_groups({user_type, Pos, Name, Args}) -> [[named(Name, Pos)], Args];
form_groups({type, Pos, Name, Args}) -> type_groups(Name, Args, Pos);
form_groups(Form) -> bad(Form).

unrolled({cons, _, Head, Tail}, Acc) -> unrolled(Tail, [Head | Acc]);
unrolled(Tail, Acc) -> {lists:reverse(Acc), Tail}.

named(Name, Pos) -> set_pos(atom(Name), Pos).

field_type({Unit, Size}, Pos) -> set_pos(size_qualifier(atom(Unit), integer(Size)), Pos);
field_type(Type, Pos) -> named(Type, Pos).

%% `Class:Reason:Stack`; what is thrown stands alone.
handler({clause, Pos, [{tuple, _, [Class, Reason, Stack]}], Guard, Body}) ->
    Pattern = case {Class, Stack} of
                  {{atom, _, throw}, {var, _, '_'}} -> Reason;
                  _ -> class_qualifier(Class, Reason, Stack)
              end,
    set_pos(clause([Pattern], Guard, Body), Pos);
handler(Clause) -> Clause.

attribute_parts(module, {M, Vars}, Pos) when is_list(Vars) ->
    [named(M, Pos), set_pos(list([set_pos(variable(V), Pos) || V <- Vars]), Pos)];
attribute_parts(export, Names, Pos) when is_list(Names) -> [set_pos(list([arity_name(F, Pos) || F <- Names]), Pos)];
attribute_parts(import, {M, Names}, Pos) -> [named(M, Pos), set_pos(list([arity_name(F, Pos) || F <- Names]), Pos)];
attribute_parts(file, {File, Line}, Pos) -> [set_pos(string(File), Pos), set_pos(integer(Line), Pos)];
attribute_parts(record, {Name, Fields}, Pos) -> [named(Name, Pos), set_pos(tuple([definition(F) || F <- Fields]), Pos)];
attribute_parts(_, Value, Pos) -> [set_pos(abstract(Value), Pos)].

%% Where a typed field stands its field says.
definition({typed_record_field, Field, Type}) -> copy_pos(Field, typed_record_field(Field, Type));
definition(Field) -> Field.

arity_name({Name, Arity}, Pos) -> set_pos(arity_qualifier(atom(Name), integer(Arity)), Pos).

type_groups(bounded_fun, [Fun, Constraints], _) -> [[Fun], Constraints];
type_groups(constraint, [Name, Types], _) -> [[Name], Types];
type_groups('fun', [{type, _, any}, Return], _) -> [[Return]];
type_groups('fun', [{type, _, product, Args}, Return], _) -> [Args, [Return]];
type_groups(Pair, [A, B], _) when Pair =:= binary; Pair =:= range; Pair =:= map_field_assoc; Pair =:= map_field_exact; Pair =:= field_type ->
    [[A], [B]];
type_groups(Sized, any, _) when Sized =:= map; Sized =:= tuple -> [];
type_groups(All, Parts, _) when All =:= map; All =:= tuple; All =:= union -> [Parts];
type_groups(record, [Name | Fields], _) -> [[Name], Fields];
type_groups(Name, Args, Pos) -> [[named(Name, Pos)], Args].

%%% Trees back to abstract code

%% A node that has no counterpart stays a tree, its parts turned back.
revert(#wrapper{tree = Form}) -> Form;
revert(#tree{} = Node) ->
    case is_leaf(Node) of
        true -> reverted(type(Node), get_pos(Node), Node);
        false ->
            New = update_tree(Node, [[revert(T) || T <- Group] || Group <- groups(Node)]),
            reverted(type(New), get_pos(New), New)
    end;
revert(Form) -> Form.

reverted(Type, Pos, Node) when Type =:= atom; Type =:= char; Type =:= float; Type =:= integer; Type =:= string -> {Type, Pos, value(Node)};
reverted(variable, Pos, Node) -> {var, Pos, value(Node)};
reverted(underscore, Pos, _) -> {var, Pos, '_'};
reverted(nil, Pos, _) -> {nil, Pos};
reverted(eof_marker, Pos, _) -> {eof, Pos};
reverted(error_marker, _, Node) -> {error, value(Node)};
reverted(warning_marker, _, Node) -> {warning, value(Node)};
reverted(fun_type, Pos, _) -> {type, Pos, 'fun', []};
reverted(map_expr, Pos, #tree{data = []}) -> {map, Pos, []};
reverted(Sized, Pos, #tree{data = []}) when Sized =:= map_type -> {type, Pos, map, any};
reverted(Sized, Pos, #tree{data = []}) when Sized =:= tuple_type -> {type, Pos, tuple, any};
reverted(Type, Pos, #tree{data = Groups} = Node) -> inner(Type, Groups, Pos, Node).

inner(list, [Prefix], Pos, _) -> consed(Prefix, {nil, Pos}, Pos);
inner(list, [Prefix, [Suffix]], Pos, _) -> consed(Prefix, Suffix, Pos);
inner(tuple, [Es], Pos, _) -> {tuple, Pos, Es};
inner(binary, [Fields], Pos, _) -> {bin, Pos, Fields};
inner(binary_field, [[Body] | Types], Pos, Node) -> segment(Body, Types, Pos, Node);
inner(map_expr, [Fields], Pos, _) -> {map, Pos, Fields};
inner(map_expr, [[Map], Fields], Pos, _) -> {map, Pos, Map, Fields};
inner(Field, [[K], [V]], Pos, _) when Field =:= map_field_assoc; Field =:= map_field_exact -> {Field, Pos, K, V};
inner(record_expr, [[Type], Fields], Pos, Node) -> with_name(Type, Node, fun(N) -> {record, Pos, N, [record_part(F) || F <- Fields]} end);
inner(record_expr, [[E], [Type], Fields], Pos, Node) ->
    with_name(Type, Node, fun(N) -> {record, Pos, E, N, [record_part(F) || F <- Fields]} end);
inner(record_access, [[E], [Type], [Field]], Pos, Node) -> with_name(Type, Node, fun(N) -> {record_field, Pos, E, N, Field} end);
inner(record_index_expr, [[Type], [Field]], Pos, Node) -> with_name(Type, Node, fun(N) -> {record_index, Pos, N, Field} end);
inner(prefix_expr, [[Op], [E]], Pos, Node) -> with_operator(Op, Node, fun(Name) -> {op, Pos, Name, E} end);
inner(infix_expr, [[L], [Op], [R]], Pos, Node) -> with_operator(Op, Node, fun(Name) -> {op, Pos, Name, L, R} end);
inner(match_expr, [[P], [E]], Pos, _) -> {match, Pos, P, E};
inner(maybe_match_expr, [[P], [E]], Pos, _) -> {maybe_match, Pos, P, E};
inner(generator, [[P], [E]], Pos, _) -> {generate, Pos, P, E};
inner(binary_generator, [[P], [E]], Pos, _) -> {b_generate, Pos, P, E};
inner(map_generator, [[P], [E]], Pos, _) -> {m_generate, Pos, P, E};
inner(map_comp, [[T], Body], Pos, _) -> {mc, Pos, T, Body};
inner(module_qualifier, [[M], [N]], Pos, _) -> {remote, Pos, M, N};
inner(application, [[F], Args], Pos, _) -> {call, Pos, F, Args};
inner(catch_expr, [[E]], Pos, _) -> {'catch', Pos, E};
inner(block_expr, [Es], Pos, _) -> {block, Pos, Es};
inner(maybe_expr, [Es], Pos, _) -> {'maybe', Pos, Es};
inner(maybe_expr, [Es, [Else]], Pos, _) -> {'maybe', Pos, Es, Else};
inner(else_expr, [Clauses], Pos, _) -> {'else', Pos, Clauses};
inner(if_expr, [Clauses], Pos, _) -> {'if', Pos, Clauses};
inner(case_expr, [[E], Clauses], Pos, _) -> {'case', Pos, E, Clauses};
inner(receive_expr, [Clauses], Pos, _) -> {'receive', Pos, Clauses};
inner(receive_expr, [Clauses, [Timeout], Action], Pos, _) -> {'receive', Pos, Clauses, Timeout, Action};
inner(try_expr, [Body, Clauses, Handlers, After], Pos, _) -> {'try', Pos, Body, Clauses, [caught(H) || H <- Handlers], After};
inner(clause, [Patterns, Body], Pos, _) -> {clause, Pos, Patterns, [], Body};
inner(clause, [Patterns, [Guard], Body], Pos, _) -> {clause, Pos, Patterns, alternatives(Guard), Body};
inner(list_comp, [[T], Body], Pos, _) -> {lc, Pos, T, Body};
inner(binary_comp, [[T], Body], Pos, _) -> {bc, Pos, T, Body};
inner(fun_expr, [Clauses], Pos, _) -> {'fun', Pos, {clauses, Clauses}};
inner(named_fun_expr, [[Name], Clauses], Pos, Node) ->
    case type(Name) of
        variable -> {named_fun, Pos, variable_name(Name), Clauses};
        _ -> Node
    end;
inner(implicit_fun, [[Name]], Pos, Node) -> function_name(Name, Pos, Node);
inner(parentheses, [[E]], _, _) -> E;
inner(function, [[Name], Clauses], Pos, Node) ->
    with_name(Name, Node, fun(N) -> {function, Pos, N, arity(Clauses), Clauses} end);
inner(attribute, [[Name] | Args], Pos, Node) ->
    case type(Name) of
        atom -> attribute_form(atom_value(Name), Args, Pos, Node);
        _ -> Node
    end;
inner(Type, Groups, Pos, Node) -> inner_type(Type, Groups, Pos, Node).

inner_type(annotated_type, [[Name], [Type]], Pos, _) -> {ann_type, Pos, [Name, Type]};
inner_type(type_application, [[Name], Args], Pos, Node) -> applied_type(Name, Args, Pos, Node);
inner_type(user_type_application, [[Name], Args], Pos, Node) -> with_name(Name, Node, fun(N) -> {user_type, Pos, N, Args} end);
inner_type(bitstring_type, [[M], [N]], Pos, _) -> {type, Pos, binary, [M, N]};
inner_type(constrained_function_type, [[Fun], Constraints], Pos, _) ->
    Parts = case Constraints of
                [One] ->
                    case type(One) of
                        conjunction -> conjunction_body(One);
                        _ -> Constraints
                    end;
                _ -> Constraints
            end,
    {type, Pos, bounded_fun, [Fun, Parts]};
inner_type(constraint, [[Name], Types], Pos, _) -> {type, Pos, constraint, [Name, Types]};
inner_type(function_type, [[Return]], Pos, _) -> {type, Pos, 'fun', [{type, Pos, any}, Return]};
inner_type(function_type, [Args, [Return]], Pos, _) -> {type, Pos, 'fun', [{type, Pos, product, Args}, Return]};
inner_type(integer_range_type, [[L], [H]], Pos, _) -> {type, Pos, range, [L, H]};
inner_type(map_type, [Fields], Pos, _) -> {type, Pos, map, Fields};
inner_type(map_type_assoc, [[K], [V]], Pos, _) -> {type, Pos, map_field_assoc, [K, V]};
inner_type(map_type_exact, [[K], [V]], Pos, _) -> {type, Pos, map_field_exact, [K, V]};
inner_type(record_type, [[Name], Fields], Pos, _) -> {type, Pos, record, [Name | Fields]};
inner_type(record_type_field, [[Name], [Type]], Pos, _) -> {type, Pos, field_type, [Name, Type]};
inner_type(tuple_type, [Es], Pos, _) -> {type, Pos, tuple, Es};
inner_type(type_union, [Types], Pos, _) -> {type, Pos, union, Types};
inner_type(_, _, _, Node) -> Node.

consed(Prefix, Tail, Pos) -> lists:foldr(fun(E, Rest) -> {cons, Pos, E, Rest} end, Tail, Prefix).

%% Where abstract code has a name only a node of another type cannot stand.
with_name(Name, Node, Make) ->
    case type(Name) of
        atom -> Make(atom_value(Name));
        _ -> Node
    end.

with_operator(Op, Node, Make) ->
    case type(Op) of
        operator -> Make(operator_name(Op));
        _ -> Node
    end.

segment(Body0, Types0, Pos, Node) ->
    {Body, Size} = case type(Body0) of
                       size_qualifier -> {size_qualifier_body(Body0), size_qualifier_argument(Body0)};
                       _ -> {Body0, default}
                   end,
    try [concrete_type(T) || T <- lists:append(Types0)] of
        [] -> {bin_element, Pos, Body, Size, default};
        Types -> {bin_element, Pos, Body, Size, Types}
    catch throw:no_type -> Node
    end.

concrete_type(T) ->
    case type(T) of
        atom -> atom_value(T);
        size_qualifier -> {atom_value(size_qualifier_body(T)), integer_value(size_qualifier_argument(T))};
        _ -> throw(no_type)
    end.

record_part(Field) ->
    case is_tree(Field) andalso type(Field) =:= record_field of
        true ->
            case record_field_value(Field) of
                none -> {record_field, get_pos(Field), record_field_name(Field)};
                Value -> {record_field, get_pos(Field), record_field_name(Field), Value}
            end;
        false ->
            case is_tree(Field) andalso type(Field) =:= typed_record_field of
                true -> {typed_record_field, record_part(typed_record_field_body(Field)), typed_record_field_type(Field)};
                false -> Field
            end
    end.

caught({clause, Pos, [Pattern], Guard, Body}) ->
    case type(Pattern) of
        class_qualifier ->
            Parts = [class_qualifier_argument(Pattern), class_qualifier_body(Pattern), class_qualifier_stacktrace(Pattern)],
            {clause, Pos, [{tuple, Pos, Parts}], Guard, Body};
        _ ->
            {clause, Pos, [{tuple, Pos, [{atom, Pos, throw}, Pattern, {var, Pos, '_'}]}], Guard, Body}
    end;
caught(Other) -> Other.

alternatives(Guard) ->
    case type(Guard) of
        disjunction -> lists:append([alternatives(G) || G <- disjunction_body(Guard)]);
        conjunction -> [conjunction_body(Guard)];
        _ -> [[Guard]]
    end.

function_name(Name, Pos, Node) ->
    case type(Name) of
        arity_qualifier ->
            {N, A} = {arity_qualifier_body(Name), arity_qualifier_argument(Name)},
            case {type(N), type(A)} of
                {atom, integer} -> {'fun', Pos, {function, atom_value(N), integer_value(A)}};
                _ -> Node
            end;
        module_qualifier ->
            {M, Rest} = {module_qualifier_argument(Name), module_qualifier_body(Name)},
            case type(Rest) of
                arity_qualifier -> {'fun', Pos, {function, M, arity_qualifier_body(Rest), arity_qualifier_argument(Rest)}};
                _ -> Node
            end;
        _ -> Node
    end.

applied_type(Name, Args, Pos, Node) ->
    case type(Name) of
        module_qualifier -> {remote_type, Pos, [module_qualifier_argument(Name), module_qualifier_body(Name), Args]};
        atom -> {type, Pos, atom_value(Name), Args};
        _ -> Node
    end.

attribute_form(module, [[M]], Pos, Node) -> with_name(M, Node, fun(N) -> {attribute, Pos, module, N} end);
attribute_form(module, [[M, Vars]], Pos, Node) ->
    with_name(M, Node, fun(N) -> {attribute, Pos, module, {N, [variable_name(V) || V <- list_elements(Vars)]}} end);
attribute_form(export, [[Names]], Pos, Node) ->
    case is_list_skeleton(Names) of
        true -> {attribute, Pos, export, [name_arity(N) || N <- list_elements(Names)]};
        false -> Node
    end;
attribute_form(import, [[M]], Pos, Node) -> with_name(M, Node, fun(N) -> {attribute, Pos, import, N} end);
attribute_form(import, [[M, Names]], Pos, Node) ->
    with_name(M, Node, fun(N) -> {attribute, Pos, import, {N, [name_arity(F) || F <- list_elements(Names)]}} end);
attribute_form(file, [[File, Line]], Pos, _) -> {attribute, Pos, file, {concrete(File), concrete(Line)}};
attribute_form(record, [[Name, Fields]], Pos, Node) ->
    with_name(Name, Node, fun(N) -> {attribute, Pos, record, {N, [record_part(F) || F <- tuple_elements(Fields)]}} end);
attribute_form(Name, [[Value]], Pos, _) -> {attribute, Pos, Name, concrete(Value)};
attribute_form(_, _, _, Node) -> Node.

name_arity(Node) -> {atom_value(arity_qualifier_body(Node)), integer_value(arity_qualifier_argument(Node))}.

revert_forms(Forms) when is_list(Forms) -> revert_forms(form_list(Forms));
revert_forms(Forms) -> lists:append([form_reverted(F) || F <- form_list_elements(flatten_form_list(Forms))]).

form_reverted(Form) ->
    case type(Form) of
        comment -> [];
        _ ->
            case revert(Form) of
                #tree{} = Left -> erlang:error({error, Left});
                Plain -> [Plain]
            end
    end.

%%% Terms

abstract([_ | _] = List) ->
    case is_text(List) of
        true -> string(List);
        false -> abstract_list(List)
    end;
abstract([]) -> nil();
abstract(Term) when is_atom(Term) -> atom(Term);
abstract(Term) when is_integer(Term) -> integer(Term);
abstract(Term) when is_float(Term) -> float(Term);
abstract(Term) when is_tuple(Term) -> tuple([abstract(T) || T <- tuple_to_list(Term)]);
abstract(Term) when is_map(Term) -> map_expr([map_field_assoc(abstract(K), abstract(V)) || {K, V} <- maps:to_list(Term)]);
abstract(Term) when is_bitstring(Term) ->
    Whole = bit_size(Term) div 8,
    <<Bytes:Whole/binary, Rest/bits>> = Term,
    Last = case bit_size(Rest) of
               0 -> [];
               Size ->
                   <<N:Size>> = Rest,
                   [binary_field(integer(N), integer(Size), [])]
           end,
    binary([binary_field(integer(B)) || <<B>> <= Bytes] ++ Last);
abstract(Term) -> bad(Term).

abstract_list([Head | Tail]) when is_list(Tail) -> cons(abstract(Head), abstract_tail(Tail));
abstract_list([Head | Tail]) -> cons(abstract(Head), abstract(Tail)).

abstract_tail([]) -> nil();
abstract_tail(Tail) -> abstract_list(Tail).

is_text([C | Rest]) when is_integer(C) -> io_lib:printable_latin1_list([C]) andalso is_text(Rest);
is_text(Rest) -> Rest =:= [].

concrete(Node) ->
    case type(Node) of
        Leaf when Leaf =:= atom; Leaf =:= integer; Leaf =:= float; Leaf =:= char; Leaf =:= string -> value(Node);
        nil -> [];
        list ->
            Tail = case list_suffix(Node) of
                       none -> [];
                       Suffix -> concrete(Suffix)
                   end,
            [concrete(E) || E <- list_prefix(Node)] ++ Tail;
        tuple -> list_to_tuple([concrete(E) || E <- tuple_elements(Node)]);
        map_expr ->
            case map_expr_argument(Node) of
                none -> maps:from_list([concrete_pair(F) || F <- map_expr_fields(Node)]);
                _ -> bad(Node)
            end;
        binary ->
            Fields = [revert(binary_field(binary_field_body(F), binary_field_types(F))) || F <- binary_fields(Node)],
            {value, Term, _} = erl_eval:expr({bin, 0, [reverted_parts(F) || F <- Fields]}, erl_eval:new_bindings()),
            Term;
        _ -> bad(Node)
    end.

reverted_parts({bin_element, Pos, Body, Size, Types}) -> {bin_element, Pos, revert(Body), revert_size(Size), Types}.

revert_size(default) -> default;
revert_size(Size) -> revert(Size).

concrete_pair(Field) ->
    case type(Field) of
        map_field_assoc -> {concrete(map_field_assoc_name(Field)), concrete(map_field_assoc_value(Field))};
        map_field_exact -> {concrete(map_field_exact_name(Field)), concrete(map_field_exact_value(Field))};
        _ -> bad(Field)
    end.

is_literal(Node) ->
    case type(Node) of
        Leaf when Leaf =:= atom; Leaf =:= integer; Leaf =:= float; Leaf =:= char; Leaf =:= string; Leaf =:= nil -> true;
        list -> is_literal(list_head(Node)) andalso is_literal(list_tail(Node));
        tuple -> lists:all(fun is_literal/1, tuple_elements(Node));
        map_expr -> map_expr_argument(Node) =:= none andalso lists:all(fun is_literal_pair/1, map_expr_fields(Node));
        binary -> lists:all(fun is_literal_field/1, binary_fields(Node));
        _ -> false
    end.

is_literal_pair(Field) ->
    case type(Field) of
        map_field_assoc -> is_literal(map_field_assoc_name(Field)) andalso is_literal(map_field_assoc_value(Field));
        _ -> false
    end.

is_literal_field(Field) ->
    Size = binary_field_size(Field),
    Body = binary_field_body(Field),
    Value = case type(Body) of
                size_qualifier -> size_qualifier_body(Body);
                _ -> Body
            end,
    is_literal(Value) andalso (Size =:= none orelse is_literal(Size)).

%%% Code that makes a tree

meta(Node) ->
    case type(Node) of
        variable ->
            case lists:member(meta_var, get_ann(Node)) of
                true -> Node;
                false -> made(Node)
            end;
        _ ->
            case has_comments(Node) of
                true -> commented(Node);
                false -> made(Node)
            end
    end.

commented(Node) ->
    Plain = meta(remove_comments(Node)),
    After = case get_postcomments(Node) of
                [] -> Plain;
                Post -> call(set_postcomments, [Plain, list([meta(C) || C <- Post])])
            end,
    case get_precomments(Node) of
        [] -> After;
        Pre -> call(set_precomments, [After, list([meta(C) || C <- Pre])])
    end.

made(Node) ->
    case type(Node) of
        variable -> call(variable, [string(variable_literal(Node))]);
        operator -> call(operator, [atom(operator_name(Node))]);
        comment -> call(comment, [list([string(S) || S <- comment_text(Node)])]);
        text -> call(text, [string(text_string(Node))]);
        Marker when Marker =:= error_marker; Marker =:= warning_marker -> call(Marker, [abstract(value(Node))]);
        None when None =:= underscore; None =:= nil; None =:= eof_marker; None =:= fun_type -> call(None, []);
        Leaf when Leaf =:= atom; Leaf =:= char; Leaf =:= float; Leaf =:= integer; Leaf =:= string -> call(Leaf, [Node]);
        list ->
            case list_suffix(Node) of
                none -> call(list, [list([meta(E) || E <- list_prefix(Node)])]);
                Suffix -> call(list, [list([meta(E) || E <- list_prefix(Node)]), meta(Suffix)])
            end;
        tuple -> call(tuple, [list([meta(E) || E <- tuple_elements(Node)])]);
        Type ->
            Groups = [list([meta(T) || T <- Group]) || Group <- subtrees(Node)],
            call(make_tree, [atom(Type), list(Groups)])
    end.

call(Name, Args) -> application(atom(?MODULE), atom(Name), Args).

%%% Nodes whose parts are all there: constructors and what selects from them

annotated_type(Name, Body) -> tree(annotated_type, [[Name], [Body]]).
annotated_type_name(Node) -> one(1, Node, annotated_type).
annotated_type_body(Node) -> one(2, Node, annotated_type).

application(Operator, Arguments) -> tree(application, [[Operator], Arguments]).
application_operator(Node) -> one(1, Node, application).
application_arguments(Node) -> many(2, Node, application).

arity_qualifier(Body, Argument) -> tree(arity_qualifier, [[Body], [Argument]]).
arity_qualifier_body(Node) -> one(1, Node, arity_qualifier).
arity_qualifier_argument(Node) -> one(2, Node, arity_qualifier).

binary(Fields) -> tree(binary, [Fields]).
binary_fields(Node) -> many(1, Node, binary).

binary_comp(Template, Body) -> tree(binary_comp, [[Template], Body]).
binary_comp_template(Node) -> one(1, Node, binary_comp).
binary_comp_body(Node) -> many(2, Node, binary_comp).

map_comp(Template, Body) -> tree(map_comp, [[Template], Body]).
map_comp_template(Node) -> one(1, Node, map_comp).
map_comp_body(Node) -> many(2, Node, map_comp).

map_generator(Pattern, Body) -> tree(map_generator, [[Pattern], [Body]]).
map_generator_pattern(Node) -> one(1, Node, map_generator).
map_generator_body(Node) -> one(2, Node, map_generator).

binary_generator(Pattern, Body) -> tree(binary_generator, [[Pattern], [Body]]).
binary_generator_pattern(Node) -> one(1, Node, binary_generator).
binary_generator_body(Node) -> one(2, Node, binary_generator).

bitstring_type(M, N) -> tree(bitstring_type, [[M], [N]]).
bitstring_type_m(Node) -> one(1, Node, bitstring_type).
bitstring_type_n(Node) -> one(2, Node, bitstring_type).

block_expr(Body) -> tree(block_expr, [Body]).
block_expr_body(Node) -> many(1, Node, block_expr).

case_expr(Argument, Clauses) -> tree(case_expr, [[Argument], Clauses]).
case_expr_argument(Node) -> one(1, Node, case_expr).
case_expr_clauses(Node) -> many(2, Node, case_expr).

catch_expr(Body) -> tree(catch_expr, [[Body]]).
catch_expr_body(Node) -> one(1, Node, catch_expr).

constrained_function_type(Body, Constraints) -> tree(constrained_function_type, [[Body], Constraints]).
constrained_function_type_body(Node) -> one(1, Node, constrained_function_type).
constrained_function_type_argument(Node) -> conjunction(many(2, Node, constrained_function_type)).

constraint(Argument, Body) -> tree(constraint, [[Argument], Body]).
constraint_argument(Node) -> one(1, Node, constraint).
constraint_body(Node) -> many(2, Node, constraint).

conjunction(Body) -> tree(conjunction, [Body]).
conjunction_body(Node) -> many(1, Node, conjunction).

disjunction(Body) -> tree(disjunction, [Body]).
disjunction_body(Node) -> many(1, Node, disjunction).

else_expr(Clauses) -> tree(else_expr, [Clauses]).
else_expr_clauses(Node) -> many(1, Node, else_expr).

form_list(Elements) -> tree(form_list, [Elements]).
form_list_elements(Node) -> many(1, Node, form_list).

fun_expr(Clauses) -> tree(fun_expr, [Clauses]).
fun_expr_clauses(Node) -> many(1, Node, fun_expr).

function(Name, Clauses) -> tree(function, [[Name], Clauses]).
function_name(Node) -> one(1, Node, function).
function_clauses(Node) -> many(2, Node, function).

generator(Pattern, Body) -> tree(generator, [[Pattern], [Body]]).
generator_pattern(Node) -> one(1, Node, generator).
generator_body(Node) -> one(2, Node, generator).

if_expr(Clauses) -> tree(if_expr, [Clauses]).
if_expr_clauses(Node) -> many(1, Node, if_expr).

implicit_fun(Name) -> tree(implicit_fun, [[Name]]).
implicit_fun_name(Node) -> one(1, Node, implicit_fun).

infix_expr(Left, Operator, Right) -> tree(infix_expr, [[Left], [Operator], [Right]]).
infix_expr_left(Node) -> one(1, Node, infix_expr).
infix_expr_operator(Node) -> one(2, Node, infix_expr).
infix_expr_right(Node) -> one(3, Node, infix_expr).

integer_range_type(Low, High) -> tree(integer_range_type, [[Low], [High]]).
integer_range_type_low(Node) -> one(1, Node, integer_range_type).
integer_range_type_high(Node) -> one(2, Node, integer_range_type).

list_comp(Template, Body) -> tree(list_comp, [[Template], Body]).
list_comp_template(Node) -> one(1, Node, list_comp).
list_comp_body(Node) -> many(2, Node, list_comp).

map_field_assoc(Name, Value) -> tree(map_field_assoc, [[Name], [Value]]).
map_field_assoc_name(Node) -> one(1, Node, map_field_assoc).
map_field_assoc_value(Node) -> one(2, Node, map_field_assoc).

map_field_exact(Name, Value) -> tree(map_field_exact, [[Name], [Value]]).
map_field_exact_name(Node) -> one(1, Node, map_field_exact).
map_field_exact_value(Node) -> one(2, Node, map_field_exact).

map_type_assoc(Name, Value) -> tree(map_type_assoc, [[Name], [Value]]).
map_type_assoc_name(Node) -> one(1, Node, map_type_assoc).
map_type_assoc_value(Node) -> one(2, Node, map_type_assoc).

map_type_exact(Name, Value) -> tree(map_type_exact, [[Name], [Value]]).
map_type_exact_name(Node) -> one(1, Node, map_type_exact).
map_type_exact_value(Node) -> one(2, Node, map_type_exact).

match_expr(Pattern, Body) -> tree(match_expr, [[Pattern], [Body]]).
match_expr_pattern(Node) -> one(1, Node, match_expr).
match_expr_body(Node) -> one(2, Node, match_expr).

maybe_match_expr(Pattern, Body) -> tree(maybe_match_expr, [[Pattern], [Body]]).
maybe_match_expr_pattern(Node) -> one(1, Node, maybe_match_expr).
maybe_match_expr_body(Node) -> one(2, Node, maybe_match_expr).

module_qualifier(Argument, Body) -> tree(module_qualifier, [[Argument], [Body]]).
module_qualifier_argument(Node) -> one(1, Node, module_qualifier).
module_qualifier_body(Node) -> one(2, Node, module_qualifier).

named_fun_expr(Name, Clauses) -> tree(named_fun_expr, [[Name], Clauses]).
named_fun_expr_name(Node) -> one(1, Node, named_fun_expr).
named_fun_expr_clauses(Node) -> many(2, Node, named_fun_expr).

parentheses(Body) -> tree(parentheses, [[Body]]).
parentheses_body(Node) -> one(1, Node, parentheses).

prefix_expr(Operator, Argument) -> tree(prefix_expr, [[Operator], [Argument]]).
prefix_expr_operator(Node) -> one(1, Node, prefix_expr).
prefix_expr_argument(Node) -> one(2, Node, prefix_expr).

record_access(Argument, Type, Field) -> tree(record_access, [[Argument], [Type], [Field]]).
record_access_argument(Node) -> one(1, Node, record_access).
record_access_type(Node) -> one(2, Node, record_access).
record_access_field(Node) -> one(3, Node, record_access).

record_index_expr(Type, Field) -> tree(record_index_expr, [[Type], [Field]]).
record_index_expr_type(Node) -> one(1, Node, record_index_expr).
record_index_expr_field(Node) -> one(2, Node, record_index_expr).

record_type(Name, Fields) -> tree(record_type, [[Name], Fields]).
record_type_name(Node) -> one(1, Node, record_type).
record_type_fields(Node) -> many(2, Node, record_type).

record_type_field(Name, Type) -> tree(record_type_field, [[Name], [Type]]).
record_type_field_name(Node) -> one(1, Node, record_type_field).
record_type_field_type(Node) -> one(2, Node, record_type_field).

size_qualifier(Body, Argument) -> tree(size_qualifier, [[Body], [Argument]]).
size_qualifier_body(Node) -> one(1, Node, size_qualifier).
size_qualifier_argument(Node) -> one(2, Node, size_qualifier).

try_expr(Body, Clauses, Handlers, After) -> tree(try_expr, [Body, Clauses, Handlers, After]).
try_expr_body(Node) -> many(1, Node, try_expr).
try_expr_clauses(Node) -> many(2, Node, try_expr).
try_expr_handlers(Node) -> many(3, Node, try_expr).
try_expr_after(Node) -> many(4, Node, try_expr).

tuple(Elements) -> tree(tuple, [Elements]).
tuple_elements(Node) -> many(1, Node, tuple).

type_application(Name, Arguments) -> tree(type_application, [[Name], Arguments]).
type_application_name(Node) -> one(1, Node, type_application).
type_application_arguments(Node) -> many(2, Node, type_application).

type_union(Types) -> tree(type_union, [Types]).
type_union_types(Node) -> many(1, Node, type_union).

typed_record_field(Body, Type) -> tree(typed_record_field, [[Body], [Type]]).
typed_record_field_body(Node) -> one(1, Node, typed_record_field).
typed_record_field_type(Node) -> one(2, Node, typed_record_field).

user_type_application(Name, Arguments) -> tree(user_type_application, [[Name], Arguments]).
user_type_application_name(Node) -> one(1, Node, user_type_application).
user_type_application_arguments(Node) -> many(2, Node, user_type_application).

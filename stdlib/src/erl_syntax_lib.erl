%% Walks over syntax trees, variables and their scopes, and what forms say.
-module(erl_syntax_lib).

-export([map/2, map_subtrees/2, fold/3, fold_subtrees/3, foldl_listlist/3, mapfold/3, mapfold_subtrees/3, mapfoldl_listlist/3]).
-export([variables/1, new_variable_name/1, new_variable_name/2, new_variable_names/2, new_variable_names/3, annotate_bindings/1,
         annotate_bindings/2, is_fail_expr/1]).
-export([analyze_application/1, analyze_attribute/1, analyze_export_attribute/1, analyze_file_attribute/1, analyze_form/1, analyze_forms/1,
         analyze_function/1, analyze_function_name/1, analyze_implicit_fun/1, analyze_import_attribute/1, analyze_module_attribute/1,
         analyze_record_attribute/1, analyze_record_expr/1, analyze_record_field/1, analyze_type_application/1, analyze_type_name/1,
         analyze_wild_attribute/1, function_name_expansions/1]).
-export([limit/2, limit/3, strip_comments/1, to_comment/1, to_comment/2, to_comment/3]).
-export_type([info_pair/0]).

-type info_pair() :: {atom(), term()}.

%%% Walks, from the leaves up and from left to right

map(F, Tree) ->
    F(case erl_syntax:subtrees(Tree) of
          [] -> Tree;
          Groups -> erl_syntax:update_tree(Tree, [[map(F, T) || T <- Group] || Group <- Groups])
      end).

map_subtrees(F, Tree) ->
    case erl_syntax:subtrees(Tree) of
        [] -> Tree;
        Groups -> erl_syntax:update_tree(Tree, [[F(T) || T <- Group] || Group <- Groups])
    end.

fold(F, Start, Tree) -> F(Tree, foldl_listlist(fun(T, Acc) -> fold(F, Acc, T) end, Start, erl_syntax:subtrees(Tree))).

fold_subtrees(F, Start, Tree) -> foldl_listlist(F, Start, erl_syntax:subtrees(Tree)).

foldl_listlist(F, Start, Groups) -> lists:foldl(fun(Group, Acc) -> lists:foldl(F, Acc, Group) end, Start, Groups).

mapfold(F, Start, Tree) ->
    {New, Acc} = mapfold_subtrees(fun(T, Acc) -> mapfold(F, Acc, T) end, Start, Tree),
    F(New, Acc).

mapfold_subtrees(F, Start, Tree) ->
    case erl_syntax:subtrees(Tree) of
        [] -> {Tree, Start};
        Groups ->
            {New, Acc} = mapfoldl_listlist(F, Start, Groups),
            {erl_syntax:update_tree(Tree, New), Acc}
    end.

mapfoldl_listlist(F, Start, Groups) -> lists:mapfoldl(fun(Group, Acc) -> lists:mapfoldl(F, Acc, Group) end, Start, Groups).

%%% Variables

variables(Tree) ->
    Add = fun(T, Acc) ->
                  case erl_syntax:type(T) of
                      variable -> sets:add_element(erl_syntax:variable_name(T), Acc);
                      _ -> Acc
                  end
          end,
    fold(Add, sets:new(), Tree).

new_variable_name(Used) -> new_variable_name(fun number/1, Used).

number(N) -> list_to_atom("V" ++ integer_to_list(N)).

%% Tries numbers from a range that widens the longer it takes.
new_variable_name(F, Used) -> free_name(F, Used, 20, 0).

free_name(F, Used, Range, Tries) ->
    Name = F(rand:uniform(Range)),
    case sets:is_element(Name, Used) of
        false -> Name;
        true when Tries >= 3 -> free_name(F, Used, Range * 8, 0);
        true -> free_name(F, Used, Range, Tries + 1)
    end.

new_variable_names(N, Used) -> new_variable_names(N, fun number/1, Used).

new_variable_names(0, _, _) -> [];
new_variable_names(N, F, Used) when is_integer(N), N > 0 ->
    Name = new_variable_name(F, Used),
    [Name | new_variable_names(N - 1, F, sets:add_element(Name, Used))].

%% Every node gets {env, Names}, {bound, Names} and {free, Names}: what is bound before it, what it binds for what comes behind it, and what
%% it uses without binding it.
annotate_bindings(Tree) ->
    case lists:keyfind(env, 1, [A || A <- erl_syntax:get_ann(Tree), is_tuple(A)]) of
        {env, Env} -> annotate_bindings(Tree, Env);
        false -> erlang:error(badarg)
    end.

annotate_bindings(Tree, Env) ->
    {New, _, _} = scope(Tree, Env),
    New.

scope(Tree, Env) ->
    {New, Bound, Free} = scope(erl_syntax:type(Tree), Tree, Env),
    marked(New, Env, Bound, Free).

marked(Tree, Env, Bound, Free) ->
    Others = [A || A <- erl_syntax:get_ann(Tree), not is_scope(A)],
    {erl_syntax:set_ann(Tree, [{env, Env}, {bound, Bound}, {free, Free} | Others]), Bound, Free}.

is_scope({What, _}) -> What =:= env orelse What =:= bound orelse What =:= free;
is_scope(_) -> false.

scope(variable, Tree, _) -> {Tree, [], [erl_syntax:variable_name(Tree)]};
scope(match_expr, Tree, Env) ->
    {Body, B1, F1} = scope(erl_syntax:match_expr_body(Tree), Env),
    {Pattern, B2, F2} = pattern(erl_syntax:match_expr_pattern(Tree), union(Env, B1)),
    {rebuilt(Tree, [[Pattern], [Body]]), union(B1, B2), union(F1, F2)};
scope(case_expr, Tree, Env) ->
    {E, B1, F1} = scope(erl_syntax:case_expr_argument(Tree), Env),
    {Clauses, B2, F2} = alternatives(erl_syntax:case_expr_clauses(Tree), union(Env, B1)),
    {rebuilt(Tree, [[E], Clauses]), union(B1, B2), union(F1, subtract(F2, B1))};
scope(if_expr, Tree, Env) ->
    {Clauses, Bound, Free} = alternatives(erl_syntax:if_expr_clauses(Tree), Env),
    {rebuilt(Tree, [Clauses]), Bound, Free};
scope(receive_expr, Tree, Env) -> scope_of_receive(Tree, Env);
scope(catch_expr, Tree, Env) ->
    {E, _, Free} = scope(erl_syntax:catch_expr_body(Tree), Env),
    {rebuilt(Tree, [[E]]), [], Free};
scope(try_expr, Tree, Env) ->
    {Body, B1, F1} = sequence(erl_syntax:try_expr_body(Tree), Env),
    {Clauses, _, F2} = alternatives(erl_syntax:try_expr_clauses(Tree), union(Env, B1)),
    {Handlers, _, F3} = alternatives(erl_syntax:try_expr_handlers(Tree), Env),
    {After, _, F4} = sequence(erl_syntax:try_expr_after(Tree), Env),
    {rebuilt(Tree, [Body, Clauses, Handlers, After]), [], union(F1, union(subtract(F2, B1), union(F3, F4)))};
scope(block_expr, Tree, Env) ->
    {Body, Bound, Free} = sequence(erl_syntax:block_expr_body(Tree), Env),
    {rebuilt(Tree, [Body]), Bound, Free};
scope(fun_expr, Tree, Env) ->
    {Clauses, _, Free} = alternatives(erl_syntax:fun_expr_clauses(Tree), Env),
    {rebuilt(Tree, [Clauses]), [], Free};
scope(function, Tree, Env) ->
    {Name, _, F1} = scope(erl_syntax:function_name(Tree), Env),
    {Clauses, _, F2} = alternatives(erl_syntax:function_clauses(Tree), Env),
    {rebuilt(Tree, [[Name], Clauses]), [], union(F1, F2)};
scope(list_comp, Tree, Env) ->
    comprehension(Tree, erl_syntax:list_comp_template(Tree), erl_syntax:list_comp_body(Tree), Env);
scope(binary_comp, Tree, Env) ->
    comprehension(Tree, erl_syntax:binary_comp_template(Tree), erl_syntax:binary_comp_body(Tree), Env);
scope(map_comp, Tree, Env) ->
    comprehension(Tree, erl_syntax:map_comp_template(Tree), erl_syntax:map_comp_body(Tree), Env);
scope(map_generator, Tree, Env) ->
    {Pattern, Bound, _} = pattern(erl_syntax:map_generator_pattern(Tree), []),
    {Body, _, Free} = scope(erl_syntax:map_generator_body(Tree), Env),
    {rebuilt(Tree, [[Pattern], [Body]]), Bound, Free};
scope(generator, Tree, Env) ->
    {Pattern, Bound, _} = pattern(erl_syntax:generator_pattern(Tree), []),
    {Body, _, Free} = scope(erl_syntax:generator_body(Tree), Env),
    {rebuilt(Tree, [[Pattern], [Body]]), Bound, Free};
scope(binary_generator, Tree, Env) ->
    {Pattern, Bound, _} = pattern(erl_syntax:binary_generator_pattern(Tree), Env),
    {Body, _, Free} = scope(erl_syntax:binary_generator_body(Tree), Env),
    {rebuilt(Tree, [[Pattern], [Body]]), Bound, Free};
scope(_, Tree, Env) -> parts(Tree, fun(T) -> scope(T, Env) end).

rebuilt(Tree, Groups) -> erl_syntax:update_tree(Tree, Groups).

%% Parts that do not see what the others bind.
parts(Tree, Each) ->
    case erl_syntax:subtrees(Tree) of
        [] -> {Tree, [], []};
        Groups ->
            {New, {Bound, Free}} =
                mapfoldl_listlist(fun(T, {B0, F0}) ->
                                          {T1, B, F} = Each(T),
                                          {T1, {union(B0, B), union(F0, F)}}
                                  end, {[], []}, Groups),
            {rebuilt(Tree, New), Bound, Free}
    end.

sequence(Trees, Env) ->
    {New, {Bound, Free}} =
        lists:mapfoldl(fun(T, {B0, F0}) ->
                               {T1, B, F} = scope(T, union(Env, B0)),
                               {T1, {union(B0, B), union(F0, subtract(F, B0))}}
                       end, {[], []}, Trees),
    {New, Bound, Free}.

%% Only what all of them bind is bound behind them.
alternatives([], _) -> {[], [], []};
alternatives(Clauses, Env) ->
    Scoped = [clause(C, Env) || C <- Clauses],
    {[C || {C, _, _} <- Scoped], common([B || {_, B, _} <- Scoped]), ordsets:union([F || {_, _, F} <- Scoped])}.

common([First | Rest]) -> lists:foldl(fun ordsets:intersection/2, First, Rest).

scope_of_receive(Tree, Env) ->
    {Clauses, B1, F1} = alternatives(erl_syntax:receive_expr_clauses(Tree), Env),
    {Action, B2, F2} = sequence(erl_syntax:receive_expr_action(Tree), Env),
    case erl_syntax:receive_expr_timeout(Tree) of
        none -> {rebuilt(Tree, [Clauses]), ordsets:intersection(B1, B2), union(F1, F2)};
        Timeout ->
            {T, B3, F3} = scope(Timeout, Env),
            {rebuilt(Tree, [Clauses, [T], Action]), union(ordsets:intersection(B1, B2), B3), union(F1, union(F2, F3))}
    end.

clause(Tree, Env) ->
    {New, Bound, Free} = scope_of_clause(Tree, Env),
    marked(New, Env, Bound, Free).

scope_of_clause(Tree, Env) ->
    {Patterns, B1, F1} = patterns(erl_syntax:clause_patterns(Tree), Env),
    Inner = union(Env, B1),
    {Body, B2, F2} = sequence(erl_syntax:clause_body(Tree), Inner),
    Free = union(F1, subtract(F2, B1)),
    case erl_syntax:clause_guard(Tree) of
        none -> {rebuilt(Tree, [Patterns, Body]), union(B1, B2), Free};
        Guard ->
            {G, _, F3} = scope(Guard, Inner),
            {rebuilt(Tree, [Patterns, [G], Body]), union(B1, B2), union(Free, subtract(F3, B1))}
    end.

comprehension(Tree, Template, Body, Env) ->
    {New, Bound, F1} = sequence(Body, Env),
    {T, _, F2} = scope(Template, union(Env, Bound)),
    {rebuilt(Tree, [[T], New]), [], union(F1, subtract(F2, Bound))}.

patterns(Patterns, Env) ->
    Scoped = [pattern(P, Env) || P <- Patterns],
    {[P || {P, _, _} <- Scoped], ordsets:union([B || {_, B, _} <- Scoped]), ordsets:union([F || {_, _, F} <- Scoped])}.

%% A variable that is bound already is used, any other one is bound.
pattern(Tree, Env) ->
    {New, Bound, Free} =
        case erl_syntax:type(Tree) of
            variable ->
                Name = erl_syntax:variable_name(Tree),
                case ordsets:is_element(Name, Env) of
                    true -> {Tree, [], [Name]};
                    false -> {Tree, [Name], []}
                end;
            _ -> parts(Tree, fun(T) -> pattern(T, Env) end)
        end,
    marked(New, Env, Bound, Free).

union(A, B) -> ordsets:union(A, B).

subtract(A, B) -> ordsets:subtract(A, B).

%%% What is said

is_fail_expr(Tree) ->
    case erl_syntax:type(Tree) of
        application ->
            Arity = length(erl_syntax:application_arguments(Tree)),
            case catch analyze_function_name(erl_syntax:application_operator(Tree)) of
                Name when Name =:= exit; Name =:= throw -> Arity =:= 1;
                {erlang, Name} -> fails(Name, Arity);
                _ -> false
            end;
        _ -> false
    end.

fails(Name, 1) -> lists:member(Name, [exit, throw, error, fault]);
fails(Name, 2) -> Name =:= error orelse Name =:= fault;
fails(_, _) -> false.

%% Names of functions as pairs of what a program writes and what is meant.
function_name_expansions(Names) -> lists:foldl(fun expansion/2, [], Names).

expansion({F, A} = Name, Acc) when is_integer(A) -> [{{F, A}, Name} | Acc];
expansion({_, {F, A}} = Name, Acc) -> [{{F, A}, Name} | Acc];
expansion(Name, Acc) -> [{Name, Name} | Acc].

analyze_forms(Forms) when is_list(Forms) -> collect(Forms, []);
analyze_forms(Forms) -> collect(erl_syntax:form_list_elements(erl_syntax:flatten_form_list(Forms)), []).

%% Functions and attributes that may come often stand in reverse.
collect(Forms, _) ->
    Said = [analyze_form(F) || F <- Forms],
    Many = fun(Key, Values) -> [{Key, Values} || Values =/= []] end,
    Attributes = [A || {attribute, A} <- Said, is_tuple(A)],
    Named = fun(Key) -> [V || {K, V} <- Attributes, K =:= Key] end,
    Module = case Named(module) of
                 [] -> [];
                 [{M, Vars} | _] -> [{module, M}, {parameters, Vars}];
                 [M | _] -> [{module, M}]
             end,
    Other = [A || {K, _} = A <- Attributes, not lists:member(K, [module, export, import, record, file])],
    Module ++ Many(exports, lists:append(Named(export))) ++ Many(imports, lists:reverse(Named(import)))
        ++ Many(attributes, lists:reverse(Other)) ++ Many(records, lists:reverse(Named(record)))
        ++ Many(errors, lists:reverse([E || {error_marker, E} <- Said])) ++ Many(warnings, lists:reverse([W || {warning_marker, W} <- Said]))
        ++ Many(functions, lists:reverse([F || {function, F} <- Said])).

analyze_form(Form) ->
    case erl_syntax:type(Form) of
        attribute -> {attribute, analyze_attribute(Form)};
        function -> {function, analyze_function(Form)};
        error_marker -> {error_marker, erl_syntax:error_marker_info(Form)};
        warning_marker -> {warning_marker, erl_syntax:warning_marker_info(Form)};
        Type ->
            erl_syntax:is_form(Form) orelse throw(syntax_error),
            Type
    end.

analyze_attribute(Node) ->
    Name = erl_syntax:attribute_name(Node),
    case erl_syntax:type(Name) of
        atom -> named_attribute(erl_syntax:atom_value(Name), Node);
        _ -> throw(syntax_error)
    end.

named_attribute(preprocessor, _) -> preprocessor;
named_attribute(Name, _) when Name =:= define; Name =:= undef; Name =:= ifdef; Name =:= ifndef; Name =:= 'else'; Name =:= endif;
                              Name =:= include; Name =:= include_lib -> preprocessor;
named_attribute(module, Node) -> {module, analyze_module_attribute(Node)};
named_attribute(export, Node) -> {export, analyze_export_attribute(Node)};
named_attribute(import, Node) -> {import, analyze_import_attribute(Node)};
named_attribute(file, Node) -> {file, analyze_file_attribute(Node)};
named_attribute(record, Node) -> {record, analyze_record_attribute(Node)};
named_attribute(_, Node) -> analyze_wild_attribute(Node).

%% The arguments of an attribute of this name.
arguments(Name, Node) ->
    case erl_syntax:type(Node) =:= attribute andalso erl_syntax:atom_value(erl_syntax:attribute_name(Node)) of
        Name -> erl_syntax:attribute_arguments(Node);
        _ -> throw(syntax_error)
    end.

analyze_module_attribute(Node) ->
    case arguments(module, Node) of
        [M] -> module_name(M);
        [M, Vars] -> {module_name(M), [erl_syntax:variable_name(V) || V <- erl_syntax:list_elements(Vars)]}
    end.

module_name(Node) ->
    case erl_syntax:type(Node) of
        atom -> erl_syntax:atom_value(Node);
        _ -> throw(syntax_error)
    end.

analyze_export_attribute(Node) ->
    [Names] = arguments(export, Node),
    names(Names).

names(Node) ->
    erl_syntax:is_proper_list(Node) orelse throw(syntax_error),
    [analyze_function_name(N) || N <- erl_syntax:list_elements(Node)].

analyze_import_attribute(Node) ->
    case arguments(import, Node) of
        [M, Names] -> {module_name(M), names(Names)};
        Other -> erlang:error({case_clause, Other})
    end.

analyze_file_attribute(Node) ->
    [File, Line] = arguments(file, Node),
    {erl_syntax:string_value(File), erl_syntax:integer_value(Line)}.

analyze_record_attribute(Node) ->
    [Name, Fields] = arguments(record, Node),
    {module_name(Name), [analyze_record_field(F) || F <- erl_syntax:tuple_elements(Fields)]}.

analyze_record_field(Node) ->
    case erl_syntax:type(Node) of
        record_field -> field(Node, none);
        typed_record_field -> field(erl_syntax:typed_record_field_body(Node), erl_syntax:typed_record_field_type(Node));
        _ -> throw(syntax_error)
    end.

field(Node, Type) -> {module_name(erl_syntax:record_field_name(Node)), {erl_syntax:record_field_value(Node), Type}}.

analyze_wild_attribute(Node) ->
    Name = module_name(erl_syntax:attribute_name(Node)),
    case erl_syntax:attribute_arguments(Node) of
        [Value] ->
            case catch {ok, erl_syntax:concrete(Value)} of
                {ok, Term} -> {Name, Term};
                _ -> throw(syntax_error)
            end;
        _ -> throw(syntax_error)
    end.

analyze_record_expr(Node) ->
    case erl_syntax:type(Node) of
        record_expr ->
            Fields = [begin
                          {Name, {Value, _}} = analyze_record_field(F),
                          {Name, Value}
                      end || F <- erl_syntax:record_expr_fields(Node)],
            {record_expr, {module_name(erl_syntax:record_expr_type(Node)), Fields}};
        record_access ->
            {record_access, {module_name(erl_syntax:record_access_type(Node)), module_name(erl_syntax:record_access_field(Node))}};
        record_index_expr ->
            {record_index_expr, {module_name(erl_syntax:record_index_expr_type(Node)), module_name(erl_syntax:record_index_expr_field(Node))}};
        _ -> throw(syntax_error)
    end.

analyze_function(Node) ->
    case erl_syntax:type(Node) of
        function -> {module_name(erl_syntax:function_name(Node)), erl_syntax:function_arity(Node)};
        _ -> throw(syntax_error)
    end.

analyze_implicit_fun(Node) ->
    case erl_syntax:type(Node) of
        implicit_fun -> analyze_function_name(erl_syntax:implicit_fun_name(Node));
        _ -> throw(syntax_error)
    end.

%% `f/1` is {f, 1}, `m:f/1` is {m, {f, 1}}.
analyze_function_name(Node) ->
    case erl_syntax:type(Node) of
        atom -> erl_syntax:atom_value(Node);
        arity_qualifier ->
            Arity = erl_syntax:arity_qualifier_argument(Node),
            case erl_syntax:type(Arity) of
                integer -> {analyze_function_name(erl_syntax:arity_qualifier_body(Node)), erl_syntax:integer_value(Arity)};
                _ -> throw(syntax_error)
            end;
        module_qualifier ->
            {module_name(erl_syntax:module_qualifier_argument(Node)), analyze_function_name(erl_syntax:module_qualifier_body(Node))};
        _ -> throw(syntax_error)
    end.

%% The function that is called with its arity, or the number of arguments when it is not known.
analyze_application(Node) ->
    case erl_syntax:type(Node) of
        application ->
            Arity = length(erl_syntax:application_arguments(Node)),
            case catch {ok, analyze_function_name(erl_syntax:application_operator(Node))} of
                {ok, Name} -> with_arity(Name, Arity);
                syntax_error -> Arity
            end;
        _ -> throw(syntax_error)
    end.

with_arity({M, Name}, Arity) -> {M, with_arity(Name, Arity)};
with_arity(Name, Arity) -> {Name, Arity}.

analyze_type_application(Node) ->
    case erl_syntax:type(Node) of
        type_application ->
            with_arity(analyze_type_name(erl_syntax:type_application_name(Node)), length(erl_syntax:type_application_arguments(Node)));
        user_type_application ->
            with_arity(analyze_type_name(erl_syntax:user_type_application_name(Node)),
                       length(erl_syntax:user_type_application_arguments(Node)));
        _ -> throw(syntax_error)
    end.

analyze_type_name(Node) -> analyze_function_name(Node).

%%% Shorter, and as comments

limit(Tree, Depth) -> limit(Tree, Depth, erl_syntax:text("...")).

%% What lies deeper, and what makes a group longer than the depth that is left, gives way to Node.
limit(Tree, Depth, Node) ->
    case erl_syntax:is_leaf(Tree) of
        true -> Tree;
        false when Depth < 1 -> Node;
        false -> erl_syntax:update_tree(Tree, [limited(Group, Depth, Node) || Group <- erl_syntax:subtrees(Tree)])
    end.

limited(Group, Depth, Node) when length(Group) > Depth ->
    [limit(T, Depth - 1, Node) || T <- lists:sublist(Group, Depth - 1)] ++ [Node];
limited(Group, Depth, Node) -> [limit(T, Depth - 1, Node) || T <- Group].

strip_comments(Tree) -> map(fun erl_syntax:remove_comments/1, Tree).

to_comment(Tree) -> to_comment(Tree, "% ").

to_comment(Tree, Prefix) -> to_comment(Tree, Prefix, fun erl_prettypr:format/1).

to_comment(Tree, Prefix, Print) ->
    Lines = string:split(lists:flatten(Print(Tree)), "\n", all),
    erl_syntax:comment([Prefix ++ L || L <- Lines]).

%% Prints syntax trees, through documents of prettypr.
-module(erl_prettypr).

-export([format/1, format/2, best/1, best/2, layout/1, layout/2]).
-export([get_ctxt_precedence/1, set_ctxt_precedence/2, get_ctxt_paperwidth/1, set_ctxt_paperwidth/2, get_ctxt_linewidth/1,
         set_ctxt_linewidth/2, get_ctxt_hook/1, set_ctxt_hook/2, get_ctxt_user/1, set_ctxt_user/2]).
-export_type([hook/0, clause_t/0, context/0]).

-import(prettypr, [text/1, nest/2, above/2, beside/2, sep/1, par/1, par/2, follow/2, follow/3, empty/0, break/1]).

-define(INDENT, 4).

%% What a hook is told about the place of a node.
-record(ctxt, {precedence = 0, hook = none, paper = 80, ribbon = 56, user, encoding = utf8}).

-opaque context() :: #ctxt{}.
-type clause_t() :: term().
-type hook() :: none | fun((erl_syntax:syntaxTree(), context(), fun((erl_syntax:syntaxTree(), context()) -> prettypr:document())) ->
                               prettypr:document()).

get_ctxt_precedence(#ctxt{precedence = P}) -> P.
set_ctxt_precedence(Ctxt, P) -> Ctxt#ctxt{precedence = P}.
get_ctxt_paperwidth(#ctxt{paper = W}) -> W.
set_ctxt_paperwidth(Ctxt, W) -> Ctxt#ctxt{paper = W}.
get_ctxt_linewidth(#ctxt{ribbon = W}) -> W.
set_ctxt_linewidth(Ctxt, W) -> Ctxt#ctxt{ribbon = W}.
get_ctxt_hook(#ctxt{hook = Hook}) -> Hook.
set_ctxt_hook(Ctxt, Hook) -> Ctxt#ctxt{hook = Hook}.
get_ctxt_user(#ctxt{user = User}) -> User.
set_ctxt_user(Ctxt, User) -> Ctxt#ctxt{user = User}.

format(Tree) -> format(Tree, []).

format(Tree, Options) ->
    #ctxt{paper = Paper, ribbon = Ribbon} = context(Options),
    prettypr:format(layout(Tree, Options), Paper, Ribbon).

best(Tree) -> best(Tree, []).

best(Tree, Options) ->
    #ctxt{paper = Paper, ribbon = Ribbon} = context(Options),
    prettypr:best(layout(Tree, Options), Paper, Ribbon).

layout(Tree) -> layout(Tree, []).

layout(Tree, Options) when is_list(Tree) -> lay(erl_syntax:form_list(Tree), context(Options));
layout(Tree, Options) -> lay(Tree, context(Options)).

context(Options) ->
    Get = fun(Key, Default) -> proplists:get_value(Key, Options, Default) end,
    #ctxt{hook = Get(hook, none), paper = Get(paper, 80), ribbon = Get(ribbon, 56), user = Get(user, undefined),
          encoding = Get(encoding, epp:default_encoding())}.

%%% Nodes

%% A hook sees the nodes that have annotations.
lay(Node, #ctxt{hook = Hook} = Ctxt) ->
    case Hook =/= none andalso erl_syntax:get_ann(Node) =/= [] of
        true -> Hook(Node, Ctxt, fun plain/2);
        false -> plain(Node, Ctxt)
    end.

plain(Node, Ctxt) ->
    Doc = node(erl_syntax:type(Node), Node, Ctxt),
    case erl_syntax:has_comments(Node) of
        true -> with_comments(Doc, erl_syntax:get_precomments(Node), erl_syntax:get_postcomments(Node));
        false -> Doc
    end.

with_comments(Doc, Pre, Post) ->
    Behind = case Post of
                 [] -> Doc;
                 _ -> beside(Doc, break(beside(text(padding(hd(Post))), comments(Post))))
             end,
    case Pre of
        [] -> Behind;
        _ -> above(comments(Pre), Behind)
    end.

padding(Comment) ->
    case erl_syntax:comment_padding(Comment) of
        none -> "  ";
        N -> lists:duplicate(N, $\s)
    end.

comments(Comments) -> stacked([comment(C) || C <- Comments]).

comment(Comment) -> stacked([text([$% | L]) || L <- erl_syntax:comment_text(Comment)]).

stacked(Docs) -> lists:foldr(fun(D, Rest) -> above(D, Rest) end, empty(), Docs).

row(Docs) -> lists:foldr(fun(D, Rest) -> beside(D, Rest) end, empty(), Docs).

%% Nodes as documents with this between them.
listed(Nodes, Between, Ctxt) -> separated([lay(N, Ctxt) || N <- Nodes], Between).

separated([D], _) -> [D];
separated([D | Rest], Between) -> [beside(D, Between) | separated(Rest, Between)];
separated([], _) -> [].

outer(Ctxt) -> Ctxt#ctxt{precedence = 0}.
inner(Ctxt, P) -> Ctxt#ctxt{precedence = P}.

parenthesised(Doc, Own, #ctxt{precedence = P}) when P > 0, P > Own -> row([text("("), Doc, text(")")]);
parenthesised(Doc, _, _) -> Doc.

enclosed(Open, Docs, Close) -> row([text(Open), sep(Docs), text(Close)]).
filled(Open, Docs, Close) -> row([text(Open), par(Docs), text(Close)]).

node(variable, Node, _) -> text(erl_syntax:variable_literal(Node));
node(atom, Node, #ctxt{encoding = E}) -> text(erl_syntax:atom_literal(Node, E));
node(integer, Node, _) -> text(erl_syntax:integer_literal(Node));
node(float, Node, _) -> text(tidy(erl_syntax:float_literal(Node)));
node(char, Node, #ctxt{encoding = E}) -> text(erl_syntax:char_literal(Node, E));
node(string, Node, Ctxt) -> string(Node, Ctxt);
node(nil, _, _) -> text("[]");
node(underscore, _, _) -> text("_");
node(operator, Node, _) -> text(erl_syntax:operator_literal(Node));
node(text, Node, _) -> text(erl_syntax:text_string(Node));
node(eof_marker, _, _) -> empty();
node(comment, Node, _) ->
    case erl_syntax:comment_padding(Node) of
        none -> nest(0, comment(Node));
        N -> nest(N, comment(Node))
    end;
node(tuple, Node, Ctxt) -> enclosed("{", listed(erl_syntax:tuple_elements(Node), text(","), outer(Ctxt)), "}");
node(list, Node, Ctxt) -> list(erl_syntax:compact_list(Node), outer(Ctxt));
node(binary, Node, Ctxt) ->
    row([text("<<"), par(listed(erl_syntax:binary_fields(Node), text(","), outer(Ctxt))), text(">>")]);
node(binary_field, Node, Ctxt) -> field(Node, inner(Ctxt, erl_parse:max_prec()));
node(size_qualifier, Node, Ctxt) ->
    Part = inner(Ctxt, erl_parse:max_prec()),
    row([lay(erl_syntax:size_qualifier_body(Node), Part), text(":"), lay(erl_syntax:size_qualifier_argument(Node), Part)]);
node(map_expr, Node, Ctxt) -> map(Node, Ctxt);
node(map_field_assoc, Node, Ctxt) -> pair(erl_syntax:map_field_assoc_name(Node), " =>", erl_syntax:map_field_assoc_value(Node), Ctxt);
node(map_field_exact, Node, Ctxt) -> pair(erl_syntax:map_field_exact_name(Node), " :=", erl_syntax:map_field_exact_value(Node), Ctxt);
node(record_expr, Node, Ctxt) -> record(Node, Ctxt);
node(record_field, Node, Ctxt) ->
    case erl_syntax:record_field_value(Node) of
        none -> lay(erl_syntax:record_field_name(Node), outer(Ctxt));
        Value -> pair(erl_syntax:record_field_name(Node), " =", Value, Ctxt)
    end;
node(record_access, Node, Ctxt) ->
    {L, Own, R} = erl_parse:inop_prec('#'),
    Doc = row([lay(erl_syntax:record_access_argument(Node), inner(Ctxt, L)), text("#"),
               lay(erl_syntax:record_access_type(Node), outer(Ctxt)), text("."),
               lay(erl_syntax:record_access_field(Node), inner(Ctxt, R))]),
    parenthesised(Doc, Own, Ctxt);
node(record_index_expr, Node, Ctxt) ->
    {Own, R} = erl_parse:preop_prec('#'),
    Doc = row([text("#"), lay(erl_syntax:record_index_expr_type(Node), outer(Ctxt)), text("."),
               lay(erl_syntax:record_index_expr_field(Node), inner(Ctxt, R))]),
    parenthesised(Doc, Own, Ctxt);
node(application, Node, Ctxt) ->
    {L, Own} = erl_parse:func_prec(),
    Doc = row([lay(erl_syntax:application_operator(Node), inner(Ctxt, L)),
               enclosed("(", listed(erl_syntax:application_arguments(Node), text(","), outer(Ctxt)), ")")]),
    parenthesised(Doc, Own, Ctxt);
node(module_qualifier, Node, Ctxt) ->
    {L, _, R} = erl_parse:inop_prec(':'),
    row([lay(erl_syntax:module_qualifier_argument(Node), inner(Ctxt, L)), text(":"),
         lay(erl_syntax:module_qualifier_body(Node), inner(Ctxt, R))]);
node(arity_qualifier, Node, Ctxt) ->
    row([lay(erl_syntax:arity_qualifier_body(Node), outer(Ctxt)), text("/"), lay(erl_syntax:arity_qualifier_argument(Node), outer(Ctxt))]);
node(match_expr, Node, Ctxt) ->
    matched(erl_syntax:match_expr_pattern(Node), " =", erl_syntax:match_expr_body(Node), Ctxt);
node(maybe_match_expr, Node, Ctxt) ->
    matched(erl_syntax:maybe_match_expr_pattern(Node), " ?=", erl_syntax:maybe_match_expr_body(Node), Ctxt);
node(infix_expr, Node, Ctxt) ->
    Op = erl_syntax:infix_expr_operator(Node),
    {L, Own, R} = infix_precedence(Op),
    Doc = par([lay(erl_syntax:infix_expr_left(Node), inner(Ctxt, L)), lay(Op, outer(Ctxt)),
               lay(erl_syntax:infix_expr_right(Node), inner(Ctxt, R))], ?INDENT),
    parenthesised(Doc, Own, Ctxt);
node(prefix_expr, Node, Ctxt) ->
    Op = erl_syntax:prefix_expr_operator(Node),
    {Own, R} = prefix_precedence(Op),
    Operand = lay(erl_syntax:prefix_expr_argument(Node), inner(Ctxt, R)),
    Doc = case erl_syntax:type(Op) =:= operator andalso lists:member(erl_syntax:operator_name(Op), ['+', '-']) of
              true -> beside(lay(Op, outer(Ctxt)), Operand);
              false -> par([lay(Op, outer(Ctxt)), Operand], ?INDENT)
          end,
    parenthesised(Doc, Own, Ctxt);
node(catch_expr, Node, Ctxt) ->
    {Own, R} = erl_parse:preop_prec('catch'),
    parenthesised(follow(text("catch"), lay(erl_syntax:catch_expr_body(Node), inner(Ctxt, R)), ?INDENT), Own, Ctxt);
node(parentheses, Node, Ctxt) -> row([text("("), lay(erl_syntax:parentheses_body(Node), outer(Ctxt)), text(")")]);
node(implicit_fun, Node, Ctxt) -> beside(text("fun "), lay(erl_syntax:implicit_fun_name(Node), outer(Ctxt)));
node(fun_expr, Node, Ctxt) ->
    ended([follow(text("fun"), clauses(erl_syntax:fun_expr_clauses(Node), fun_clause, Ctxt), ?INDENT)]);
node(named_fun_expr, Node, Ctxt) ->
    Name = lay(erl_syntax:named_fun_expr_name(Node), outer(Ctxt)),
    ended([follow(text("fun"), clauses(erl_syntax:named_fun_expr_clauses(Node), {function, Name}, Ctxt), ?INDENT)]);
node(Comp, Node, Ctxt) when Comp =:= list_comp; Comp =:= binary_comp; Comp =:= map_comp -> comprehension(Comp, Node, outer(Ctxt));
node(generator, Node, Ctxt) -> generator(erl_syntax:generator_pattern(Node), "<-", erl_syntax:generator_body(Node), Ctxt);
node(map_generator, Node, Ctxt) -> generator(erl_syntax:map_generator_pattern(Node), "<-", erl_syntax:map_generator_body(Node), Ctxt);
node(binary_generator, Node, Ctxt) ->
    generator(erl_syntax:binary_generator_pattern(Node), "<=", erl_syntax:binary_generator_body(Node), Ctxt);
node(block_expr, Node, Ctxt) -> ended([text("begin"), nest(?INDENT, sep(listed(erl_syntax:block_expr_body(Node), text(","), outer(Ctxt))))]);
node(case_expr, Node, Ctxt) ->
    ended([par([follow(text("case"), lay(erl_syntax:case_expr_argument(Node), outer(Ctxt)), ?INDENT), text("of")], ?INDENT),
           nest(?INDENT, clauses(erl_syntax:case_expr_clauses(Node), clause, Ctxt))]);
node(if_expr, Node, Ctxt) -> ended([follow(text("if"), clauses(erl_syntax:if_expr_clauses(Node), if_clause, Ctxt), 3)]);
node(receive_expr, Node, Ctxt) -> receive_expr(Node, Ctxt);
node(try_expr, Node, Ctxt) -> try_expr(Node, Ctxt);
node(maybe_expr, Node, Ctxt) ->
    Else = case erl_syntax:maybe_expr_else(Node) of
               none -> [];
               E -> [lay(E, outer(Ctxt))]
           end,
    ended([text("maybe"), nest(?INDENT, sep(listed(erl_syntax:maybe_expr_body(Node), text(","), outer(Ctxt)))) | Else]);
node(else_expr, Node, Ctxt) -> sep([text("else"), nest(?INDENT, clauses(erl_syntax:else_expr_clauses(Node), clause, Ctxt))]);
node(clause, Node, Ctxt) -> clause(Node, clause, Ctxt);
node(conjunction, Node, Ctxt) -> par(listed(erl_syntax:conjunction_body(Node), text(","), outer(Ctxt)));
node(disjunction, Node, Ctxt) -> sep(listed(erl_syntax:disjunction_body(Node), text(";"), outer(Ctxt)));
node(class_qualifier, Node, Ctxt) -> class(Node, outer(Ctxt));
node(macro, Node, Ctxt) ->
    Name = beside(text("?"), lay(erl_syntax:macro_name(Node), outer(Ctxt))),
    case erl_syntax:macro_arguments(Node) of
        none -> Name;
        Args -> beside(Name, enclosed("(", listed(Args, text(","), outer(Ctxt)), ")"))
    end;
node(Type, Node, Ctxt) -> form(Type, Node, outer(Ctxt)).

infix_precedence(Op) ->
    case erl_syntax:type(Op) of
        operator ->
            Name = erl_syntax:operator_name(Op),
            try erl_parse:inop_prec(Name)
            catch error:_ -> {0, 0, 0}
            end;
        _ -> {0, 0, 0}
    end.

prefix_precedence(Op) ->
    case erl_syntax:type(Op) of
        operator ->
            Name = erl_syntax:operator_name(Op),
            try erl_parse:preop_prec(Name)
            catch error:_ -> {0, 0}
            end;
        _ -> {0, 0}
    end.

%% Without zeros that say nothing.
tidy(Literal) ->
    [Mantissa, Exponent] = string:split(Literal, "e"),
    [Whole, Fraction] = string:split(Mantissa, "."),
    Digits = case string:trim(Fraction, trailing, "0") of
                 "" -> "0";
                 Some -> Some
             end,
    Whole ++ "." ++ Digits ++ case Exponent of
                                  "+00" -> "";
                                  [Sign | Number] -> [$e, Sign | string:trim(Number, leading, "0")]
                              end.

ended(Docs) -> sep(Docs ++ [text("end")]).

%%% Data

list(Node, Ctxt) ->
    case erl_syntax:type(Node) of
        nil -> text("[]");
        _ ->
            Elements = listed(erl_syntax:list_prefix(Node), text(","), Ctxt),
            case erl_syntax:list_suffix(Node) of
                none -> enclosed("[", Elements, "]");
                Suffix -> row([text("["), follow(sep(Elements), beside(text("| "), lay(Suffix, Ctxt))), text("]")])
            end
    end.

field(Node, Ctxt) ->
    Body = lay(erl_syntax:binary_field_body(Node), Ctxt),
    case erl_syntax:binary_field_types(Node) of
        [] -> Body;
        Types -> row([Body, text("/") | lists:join(text("-"), [lay(T, Ctxt) || T <- Types])])
    end.

map(Node, Ctxt) ->
    Fields = filled("#{", listed(erl_syntax:map_expr_fields(Node), text(","), outer(Ctxt)), "}"),
    case erl_syntax:map_expr_argument(Node) of
        none -> Fields;
        Map ->
            {L, Own, _} = erl_parse:inop_prec('#'),
            parenthesised(beside(lay(Map, inner(Ctxt, L)), Fields), Own, Ctxt)
    end.

record(Node, Ctxt) ->
    {L, Own, _} = erl_parse:inop_prec('#'),
    Fields = filled("{", listed(erl_syntax:record_expr_fields(Node), text(","), outer(Ctxt)), "}"),
    Plain = row([text("#"), lay(erl_syntax:record_expr_type(Node), outer(Ctxt)), Fields]),
    Doc = case erl_syntax:record_expr_argument(Node) of
              none -> Plain;
              Record -> beside(lay(Record, inner(Ctxt, L)), Plain)
          end,
    parenthesised(Doc, Own, Ctxt).

pair(Left, Sign, Right, Ctxt) -> par([beside(lay(Left, outer(Ctxt)), text(Sign)), lay(Right, outer(Ctxt))], ?INDENT).

matched(Pattern, Sign, Body, Ctxt) ->
    {L, Own, R} = erl_parse:inop_prec('='),
    parenthesised(follow(beside(lay(Pattern, inner(Ctxt, L)), text(Sign)), lay(Body, inner(Ctxt, R)), ?INDENT), Own, Ctxt).

generator(Pattern, Sign, Body, Ctxt) ->
    par([lay(Pattern, outer(Ctxt)), beside(text(Sign ++ " "), lay(Body, outer(Ctxt)))], ?INDENT).

comprehension(Type, Node, Ctxt) ->
    {Open, Template, Qualifiers, Close} =
        case Type of
            map_comp -> {"#{", erl_syntax:map_comp_template(Node), erl_syntax:map_comp_body(Node), "}"};
            list_comp -> {"[", erl_syntax:list_comp_template(Node), erl_syntax:list_comp_body(Node), "]"};
            binary_comp -> {"<< ", erl_syntax:binary_comp_template(Node), erl_syntax:binary_comp_body(Node), " >>"}
        end,
    What = case Type of
               binary_comp -> beside(lay(Template, inner(Ctxt, erl_parse:max_prec())), text(" "));
               _ -> lay(Template, Ctxt)
           end,
    row([text(Open), par([What, beside(text("|| "), par(listed(Qualifiers, text(","), Ctxt)))]), text(Close)]).

%% A string that is longer than four fifths of a line is cut: behind the first space after four fifths of that, or where it is full. A rest
%% that is hardly anything stays where it is.
string(Node, #ctxt{encoding = E, ribbon = Ribbon}) ->
    Literal = lists:flatten(erl_syntax:string_literal(Node, E)),
    Most = round(Ribbon * 4 / 5),
    stacked([text([$", P, $"]) || P <- string_parts(lists:droplast(tl(Literal)), max(Most, 2), max(round(Most * 4 / 5), 1))]).

string_parts(Text, Most, Least) ->
    case cut(Text, 0, Most, Least, []) of
        {_, Rest} when length(Rest) < 3 -> [Text];
        {Part, Rest} -> [Part | string_parts(Rest, Most, Least)]
    end.

%% An escape is one piece.
cut([], _, _, _, Acc) -> {lists:reverse(Acc), []};
cut(Text, N, Most, Least, Acc) ->
    {Piece, Rest} = piece(Text),
    Length = N + length(Piece),
    Taken = lists:reverse(Piece, Acc),
    if
        Length > Most, Acc =/= [] -> {lists:reverse(Acc), Text};
        Length >= Least, Piece =:= " " orelse Piece =:= "\\n" -> {lists:reverse(Taken), Rest};
        true -> cut(Rest, Length, Most, Least, Taken)
    end.

piece([$\\, $x, ${ | Rest]) ->
    {Digits, [Close | After]} = lists:splitwith(fun(C) -> C =/= $} end, Rest),
    {"\\x{" ++ Digits ++ [Close], After};
piece([$\\, A, B, C | Rest]) when A >= $0, A =< $7 -> {[$\\, A, B, C], Rest};
piece([$\\, C | Rest]) -> {[$\\, C], Rest};
piece([C | Rest]) -> {[C], Rest}.

%%% Clauses

clauses(Clauses, How, Ctxt) -> stacked(separated([clause(C, How, Ctxt) || C <- Clauses], text(";"))).

clause(Node, How, Ctxt) ->
    Docs = par(listed(erl_syntax:clause_patterns(Node), text(","), outer(Ctxt))),
    Guard = case erl_syntax:clause_guard(Node) of
                none -> none;
                G -> lay(G, outer(Ctxt))
            end,
    Head = case How of
               clause -> guarded(Docs, Guard);
               fun_clause -> guarded(row([text("("), Docs, text(")")]), Guard);
               {function, Name} -> guarded(row([Name, text("("), Docs, text(")")]), Guard);
               if_clause when Guard =:= none -> text("true");
               if_clause -> Guard
           end,
    leading(Head, erl_syntax:clause_body(Node), Ctxt).

guarded(Head, none) -> Head;
guarded(Head, Guard) -> sep([Head, nest(?INDENT, beside(text("when "), Guard))]).

%% One expression may stand behind the arrow, several stand below.
leading(Head, [E], Ctxt) -> sep([beside(Head, text(" ->")), nest(?INDENT, lay(E, outer(Ctxt)))]);
leading(Head, Es, Ctxt) -> above(beside(Head, text(" ->")), nest(?INDENT, stacked(listed(Es, text(","), outer(Ctxt))))).

class(Node, Ctxt) ->
    Parts = [erl_syntax:class_qualifier_argument(Node), erl_syntax:class_qualifier_body(Node)],
    Stack = erl_syntax:class_qualifier_stacktrace(Node),
    All = case erl_syntax:type(Stack) of
              underscore -> Parts;
              _ -> Parts ++ [Stack]
          end,
    row(lists:join(text(":"), [lay(P, Ctxt) || P <- All])).

receive_expr(Node, Ctxt) ->
    Clauses = case erl_syntax:receive_expr_clauses(Node) of
                  [] -> text("");
                  Cs -> clauses(Cs, clause, Ctxt)
              end,
    After = case erl_syntax:receive_expr_timeout(Node) of
                none -> [empty()];
                Timeout ->
                    Head = beside(lay(Timeout, outer(Ctxt)), text(" ->")),
                    Body = sep(listed(erl_syntax:receive_expr_action(Node), text(","), outer(Ctxt))),
                    [beside(text("after "), sep([Head, nest(?INDENT, Body)]))]
            end,
    ended([text("receive"), nest(?INDENT, par([Clauses | After]))]).

try_expr(Node, Ctxt) ->
    Body = sep(listed(erl_syntax:try_expr_body(Node), text(","), outer(Ctxt))),
    Try = follow(text("try"), Body, ?INDENT),
    Of = [{"of", clauses(Cs, clause, Ctxt)} || Cs <- [erl_syntax:try_expr_clauses(Node)], Cs =/= []],
    Catch = [{"catch", clauses(Hs, clause, Ctxt)} || Hs <- [erl_syntax:try_expr_handlers(Node)], Hs =/= []],
    After = [{"after", sep(listed(Es, text(","), outer(Ctxt)))} || Es <- [erl_syntax:try_expr_after(Node)], Es =/= []],
    [{Word, First} | Rest] = Of ++ Catch ++ After,
    ended([par([Try, text(Word)]), nest(?INDENT, First) | lists:append([[text(W), nest(?INDENT, D)] || {W, D} <- Rest])]).

%%% Forms

form(form_list, Node, Ctxt) ->
    Forms = [case lay(F, Ctxt) of
                 null -> text("");
                 D -> D
             end || F <- erl_syntax:form_list_elements(erl_syntax:flatten_form_list(Node))],
    stacked(lists:join(text(""), Forms));
form(function, Node, Ctxt) ->
    Name = lay(erl_syntax:function_name(Node), Ctxt),
    beside(clauses(erl_syntax:function_clauses(Node), {function, Name}, Ctxt), text("."));
form(attribute, Node, Ctxt) -> attribute(Node, Ctxt);
form(error_marker, Node, _) -> text(["** ", marker(erl_syntax:error_marker_info(Node)), " **"]);
form(warning_marker, Node, _) -> text(["%% WARNING: ", marker(erl_syntax:warning_marker_info(Node))]);
form(typed_record_field, Node, Ctxt) ->
    par([beside(lay(erl_syntax:typed_record_field_body(Node), Ctxt), text(" ::")), lay(erl_syntax:typed_record_field_type(Node), Ctxt)],
        ?INDENT);
form(Type, Node, Ctxt) -> type(Type, Node, Ctxt).

marker({Location, Module, What}) ->
    try [io_lib:format("~w: ", [Location]), Module:format_error(What)]
    catch _:_ -> io_lib:format("~w: ~tp", [Location, What])
    end;
marker(Other) -> io_lib:format("~tp", [Other]).

attribute(Node, Ctxt) ->
    Name = erl_syntax:attribute_name(Node),
    Dash = beside(text("-"), lay(Name, Ctxt)),
    Doc = case erl_syntax:attribute_arguments(Node) of
              none -> Dash;
              [Arg] -> attribute(erl_syntax:type(Name) =:= atom andalso erl_syntax:atom_value(Name), Dash, Arg, Ctxt);
              Args -> beside(Dash, enclosed("(", listed(Args, text(","), Ctxt), ")"))
          end,
    beside(Doc, text(".")).

%% Types and specifications are written without parentheses.
attribute(Kind, Dash, Arg, Ctxt) when Kind =:= type; Kind =:= opaque; Kind =:= nominal ->
    {Name, Type, Vars} = erl_syntax:concrete(Arg),
    Head = beside(text(io_lib:write_atom(Name)), enclosed("(", listed(Vars, text(","), Ctxt), ")")),
    row([Dash, text(" "), Head, text(" :: "), lay(Type, Ctxt)]);
attribute(Kind, Dash, Arg, Ctxt) when Kind =:= spec; Kind =:= callback ->
    {Who, Types} = erl_syntax:concrete(Arg),
    Name = case Who of
               {F, _} -> text(io_lib:write_atom(F));
               {M, F, _} -> text([io_lib:write_atom(M), ":", io_lib:write_atom(F)])
           end,
    row([Dash, text(" "), Name, stacked(separated([signature(T, Ctxt) || T <- Types], text(";")))]);
attribute(Kind, Dash, Arg, _) when Kind =:= export_type; Kind =:= optional_callbacks ->
    Names = [text([io_lib:write_atom(F), "/", integer_to_list(A)]) || {F, A} <- erl_syntax:concrete(Arg)],
    beside(Dash, row([text("("), enclosed("[", separated(Names, text(",")), "]"), text(")")]));
attribute(_, Dash, Arg, Ctxt) -> beside(Dash, row([text("("), lay(Arg, Ctxt), text(")")])).

%%% Types

signature(Node, Ctxt) ->
    case erl_syntax:type(Node) of
        constrained_function_type ->
            Fun = signature(erl_syntax:constrained_function_type_body(Node), Ctxt),
            Constraints = sep(listed(constraints(Node), text(","), Ctxt)),
            par([Fun, nest(?INDENT, beside(text("when "), Constraints))]);
        function_type -> row([arguments(Node, Ctxt), text(" -> "), lay(erl_syntax:function_type_return(Node), Ctxt)]);
        _ -> lay(Node, Ctxt)
    end.

constraints(Node) -> erl_syntax:conjunction_body(erl_syntax:constrained_function_type_argument(Node)).

arguments(Node, Ctxt) ->
    case erl_syntax:function_type_arguments(Node) of
        any_arity -> text("(...)");
        Args -> filled("(", listed(Args, text(","), Ctxt), ")")
    end.

type(fun_type, _, _) -> text("fun()");
type(Fun, Node, Ctxt) when Fun =:= function_type; Fun =:= constrained_function_type ->
    row([text("fun("), signature(Node, Ctxt), text(")")]);
type(constraint, Node, Ctxt) ->
    [V, T] = erl_syntax:constraint_body(Node),
    follow(beside(lay(V, Ctxt), text(" ::")), lay(T, Ctxt), ?INDENT);
type(annotated_type, Node, Ctxt) ->
    follow(beside(lay(erl_syntax:annotated_type_name(Node), Ctxt), text(" ::")), lay(erl_syntax:annotated_type_body(Node), Ctxt), ?INDENT);
type(type_union, Node, Ctxt) -> sep(separated([lay(T, Ctxt) || T <- erl_syntax:type_union_types(Node)], text(" |")));
type(type_application, Node, Ctxt) -> applied(erl_syntax:type_application_name(Node), erl_syntax:type_application_arguments(Node), Ctxt);
type(user_type_application, Node, Ctxt) ->
    called(erl_syntax:user_type_application_name(Node), erl_syntax:user_type_application_arguments(Node), Ctxt);
type(tuple_type, Node, Ctxt) ->
    case erl_syntax:tuple_type_elements(Node) of
        any_size -> text("tuple()");
        Es -> enclosed("{", listed(Es, text(","), Ctxt), "}")
    end;
type(map_type, Node, Ctxt) ->
    case erl_syntax:map_type_fields(Node) of
        any_size -> text("map()");
        Fields -> enclosed("#{", listed(Fields, text(","), Ctxt), "}")
    end;
type(map_type_assoc, Node, Ctxt) -> pair(erl_syntax:map_type_assoc_name(Node), " =>", erl_syntax:map_type_assoc_value(Node), Ctxt);
type(map_type_exact, Node, Ctxt) -> pair(erl_syntax:map_type_exact_name(Node), " :=", erl_syntax:map_type_exact_value(Node), Ctxt);
type(record_type, Node, Ctxt) ->
    row([text("#"), lay(erl_syntax:record_type_name(Node), Ctxt),
         enclosed("{", listed(erl_syntax:record_type_fields(Node), text(","), Ctxt), "}")]);
type(record_type_field, Node, Ctxt) ->
    follow(beside(lay(erl_syntax:record_type_field_name(Node), Ctxt), text(" ::")), lay(erl_syntax:record_type_field_type(Node), Ctxt), ?INDENT);
type(integer_range_type, Node, Ctxt) ->
    row([lay(erl_syntax:integer_range_type_low(Node), Ctxt), text(".."), lay(erl_syntax:integer_range_type_high(Node), Ctxt)]);
type(bitstring_type, Node, Ctxt) ->
    Parts = [[text("_:"), lay(erl_syntax:bitstring_type_m(Node), Ctxt)] || not is_zero(erl_syntax:bitstring_type_m(Node))] ++
        [[text("_:_*"), lay(erl_syntax:bitstring_type_n(Node), Ctxt)] || not is_zero(erl_syntax:bitstring_type_n(Node))],
    row([text("<<"), par(separated([row(P) || P <- Parts], text(","))), text(">>")]);
type(Type, _, _) -> erlang:error({badarg, Type}).

is_zero(Node) -> erl_syntax:type(Node) =:= integer andalso erl_syntax:integer_value(Node) =:= 0.

%% Lists have a notation of their own.
applied(Name, Args, Ctxt) ->
    case {erl_syntax:type(Name) =:= atom andalso erl_syntax:atom_value(Name), Args} of
        {list, [T]} -> row([text("["), lay(T, Ctxt), text("]")]);
        {nonempty_list, [T]} -> row([text("["), lay(T, Ctxt), text(", ...]")]);
        {nil, []} -> text("[]");
        _ -> called(Name, Args, Ctxt)
    end.

called(Name, Args, Ctxt) -> beside(lay(Name, Ctxt), enclosed("(", listed(Args, text(","), Ctxt), ")")).

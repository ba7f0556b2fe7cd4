%% The linter's Erlang side: prim_compile:lint/3 over forms; what a guard test or a pattern is, asked of abstract code.
-module(erl_lint).

-export([module/1, module/2, module/3, format_error/1, exprs/2, exprs_opt/3, used_vars/2, bool_option/4, value_option/3, value_option/7,
         check_format_string/1, is_guard_test/1, is_guard_test/2, is_guard_test/3, is_guard_expr/1,
         is_pattern_expr/1]).

module(Forms) -> module(Forms, "nofile", []).

module(Forms, File) -> module(Forms, File, []).

module(Forms, File, Options) ->
    Messages = prim_compile:lint([F || F <- Forms, not is_message(F)], File, Options),
    Embedded = [{E, {L, M, W}} || {E, {L, M, W}} <- Forms, E =:= error orelse E =:= warning],
    All = [{E, File, {L, M, W}} || {E, {L, M, W}} <- Embedded] ++ [message(M) || M <- Messages],
    Warnings = grouped(warning, All),
    case grouped(error, All) of
        [] -> {ok, Warnings};
        Errors -> {error, Errors, Warnings}
    end.

is_message({error, _}) -> true;
is_message({warning, _}) -> true;
is_message(_) -> false.

message({Severity, File, Location, Code, Text, _}) ->
    {Module, What} = compile_message:read(Code, Text),
    {Severity, File, {Location, Module, What}}.

grouped(Severity, All) ->
    Infos = [{File, I} || {S, File, I} <- All, S =:= Severity],
    [{File, [I || {F, I} <- Infos, F =:= File]} || File <- lists:usort([F || {F, _} <- Infos])].

format_error(What) -> compile_message:lint(What).

%%% Options

%% Is the option on? The last of On and Off wins.
bool_option(On, Off, Default, Options) ->
    lists:foldl(fun(O, _) when O =:= On -> true;
                   (O, _) when O =:= Off -> false;
                   (_, Acc) -> Acc
                end, Default, Options).

%% The value of the last {Flag, Value}.
value_option(Flag, Default, Options) ->
    lists:foldl(fun({F, Value}, _) when F =:= Flag -> Value;
                   (_, Acc) -> Acc
                end, Default, Options).

%% The last of {Flag, Value}, On and Off.
value_option(Flag, Default, On, OnValue, Off, OffValue, Options) ->
    lists:foldl(fun({F, Value}, _) when F =:= Flag -> Value;
                   (O, _) when O =:= On -> OnValue;
                   (O, _) when O =:= Off -> OffValue;
                   (_, Acc) -> Acc
                end, Default, Options).

%% What the directives of a format take, in order: {ok, [int | string | term | float]} or {error, What}.
check_format_string(Format) when is_atom(Format) -> check_format_string(atom_to_list(Format));
check_format_string(Format) when is_binary(Format) -> check_format_string(binary_to_list(Format));
check_format_string(Format) -> directives(lists:flatten(Format), []).

directives("~" ++ Rest, Acc) -> width(sign(Rest), "~", Acc);
directives([_ | Rest], Acc) -> directives(Rest, Acc);
directives([], Acc) -> {ok, lists:reverse(Acc)}.

sign("-" ++ Rest) -> Rest;
sign(Rest) -> Rest.

width(Text, Seen, Acc0) ->
    {Rest, Acc} = number(Text, Acc0),
    precision(Rest, Seen, Acc).

precision("." ++ Text, Seen, Acc0) ->
    {Rest, Acc} = number(Text, Acc0),
    padding(Rest, Seen, Acc);
precision(Text, Seen, Acc) -> modifiers(Text, Seen, Acc).

padding(".*" ++ Rest, Seen, Acc) -> modifiers(Rest, Seen, [int | Acc]);
padding([$., _ | Rest], Seen, Acc) -> modifiers(Rest, Seen, Acc);
padding(Text, Seen, Acc) -> modifiers(Text, Seen, Acc).

number("*" ++ Rest, Acc) -> {Rest, [int | Acc]};
number(Text, Acc) -> {lists:dropwhile(fun(C) -> C >= $0 andalso C =< $9 end, Text), Acc}.

modifiers(Text, Seen, Acc) ->
    {Mods, Rest} = lists:splitwith(fun(C) -> C =:= $t orelse C =:= $l orelse C =:= $k orelse C =:= $K end, Text),
    case Rest of
        [] when Mods =:= "l" -> {error, "invalid control " ++ Seen ++ Mods};
        [] -> {error, "truncated"};
        [Control | More] ->
            case takes(Control, lists:usort(Mods)) of
                none -> {error, "invalid control " ++ Seen ++ Mods ++ [Control]};
                Types -> directives(More, lists:reverse(Types, Acc))
            end
    end.

%% Which directives allow which modifiers, and what they take.
takes(Control, Mods) ->
    Rules = [{"~n", "", []}, {"i+#", "", [term]}, {"c", "t", [int]}, {"s", "t", [string]}, {"feg", "", [float]}, {"bB", "", [int]},
             {"xX", "", [int, string]}, {"w", "tkK", [term]}, {"W", "tkK", [term, int]}, {"p", "tlkK", [term]}, {"P", "tlkK", [term, int]}],
    case [Types || {Controls, Allowed, Types} <- Rules, lists:member(Control, Controls), Mods -- Allowed =:= []] of
        [Types] -> Types;
        [] -> none
    end.

%%% Expressions

%% The variables that each fun of some expressions uses of those that are bound before it, the funs within it likewise: by its clauses.
used_vars(Exprs, _Bindings) -> maps:from_list(funs(erl_syntax_lib:annotate_bindings(erl_syntax:block_expr(Exprs), []))).

funs(Tree) ->
    case erl_syntax:type(Tree) of
        Fun when Fun =:= fun_expr; Fun =:= named_fun_expr ->
            {free, Free} = lists:keyfind(free, 1, erl_syntax:get_ann(Tree)),
            Clauses = lists:last(erl_syntax:subtrees(Tree)),
            Inner = [F || C <- Clauses, F <- funs(C)],
            [{[erl_syntax:revert(C) || C <- Clauses], {Free, maps:from_list(Inner)}}];
        _ -> [F || Group <- erl_syntax:subtrees(Tree), T <- Group, F <- funs(T)]
    end.

%% Expressions with the variables that are bound before them.
exprs(Exprs, Bindings) -> exprs_opt(Exprs, Bindings, []).

exprs_opt(Exprs, Bindings, Options) ->
    Anno = case Exprs of
               [E | _] -> element(2, E);
               [] -> 1
           end,
    Heads = [{var, Anno, V} || {V, _} <- maps:to_list(maps:from_list(Bindings)), is_atom(V)],
    Forms = [{attribute, Anno, module, erl_lint_exprs},
             {attribute, Anno, export, [{f, length(Heads)}]},
             {function, Anno, f, length(Heads), [{clause, Anno, Heads, [], Exprs}]}],
    Own = fun({_, _, {unused_var, _}}) -> false;
             ({_, _, {undefined_function, _}}) -> false;
             (_) -> true
          end,
    case module(Forms, "nofile", Options) of
        {ok, Ws} -> {ok, kept(Own, Ws)};
        {error, Es, Ws} ->
            case kept(Own, Es) of
                [] -> {ok, kept(Own, Ws)};
                Left -> {error, Left, kept(Own, Ws)}
            end
    end.

kept(Own, PerFile) ->
    [{F, Is} || {F, All} <- PerFile, (Is = lists:filter(Own, All)) =/= []].

is_guard_test(Expr) -> is_guard_test(Expr, [], fun(_) -> false end).

is_guard_test(Expr, Forms) -> is_guard_test(Expr, Forms, fun(_) -> false end).

%% A call of a function that the module defines itself is none of the built-in tests.
is_guard_test(Expr, Forms, IsOverridden) ->
    Own = [{F, A} || {function, _, F, A, _} <- Forms],
    guard_test(Expr, fun(FA) -> lists:member(FA, Own) orelse IsOverridden(FA) end).

guard_test({call, _, {tuple, _, [{atom, _, erlang}, {atom, _, F}]}, Args} = _E, Own) -> test_call(F, Args, Own, true);
guard_test({call, _, {remote, _, {atom, _, erlang}, {atom, _, F}}, Args}, Own) -> test_call(F, Args, Own, true);
guard_test({call, _, {atom, _, F}, Args}, Own) -> test_call(F, Args, Own, false);
guard_test({call, _, _, _}, _) -> false;
guard_test(Expr, Own) -> guard_expr(Expr, Own).

test_call(record, [_, _], _, _) -> true;
test_call(F, Args, Own, Remote) ->
    A = length(Args),
    (Remote orelse not Own({F, A}))
        andalso (erl_internal:type_test(F, A) orelse erl_internal:guard_bif(F, A) orelse erl_internal:old_type_test(F, A))
        andalso lists:all(fun(E) -> guard_expr(E, Own) end, Args).

is_guard_expr(Expr) -> guard_expr(Expr, fun(_) -> false end).

guard_expr({Leaf, _, _}, _) when Leaf =:= integer; Leaf =:= float; Leaf =:= char; Leaf =:= atom; Leaf =:= string; Leaf =:= var -> true;
guard_expr({nil, _}, _) -> true;
guard_expr({cons, _, H, T}, Own) -> guard_expr(H, Own) andalso guard_expr(T, Own);
guard_expr({tuple, _, Es}, Own) -> all(Es, Own);
guard_expr({map, _, Fs}, Own) -> fields(Fs, Own);
guard_expr({map, _, M, Fs}, Own) -> guard_expr(M, Own) andalso fields(Fs, Own);
guard_expr({bin, _, Es}, Own) ->
    lists:all(fun({bin_element, _, E, S, _}) -> guard_expr(E, Own) andalso (S =:= default orelse guard_expr(S, Own)) end, Es);
guard_expr({record, _, _, Fs}, Own) -> lists:all(fun({record_field, _, _, V}) -> guard_expr(V, Own) end, Fs);
guard_expr({record, _, _, _, _}, _) -> false;
guard_expr({record_field, _, E, _, _}, Own) -> guard_expr(E, Own);
guard_expr({record_index, _, _, _}, _) -> true;
guard_expr({call, _, {atom, _, F}, Args}, Own) -> guard_call(F, Args, Own, false);
guard_expr({call, _, {remote, _, {atom, _, erlang}, {atom, _, F}}, Args}, Own) -> guard_call(F, Args, Own, true);
guard_expr({op, _, Op, E}, Own) -> is_guard_op(Op, 1) andalso guard_expr(E, Own);
guard_expr({op, _, Op, L, R}, Own) ->
    (Op =:= 'andalso' orelse Op =:= 'orelse' orelse is_guard_op(Op, 2)) andalso guard_expr(L, Own) andalso guard_expr(R, Own);
guard_expr(_, _) -> false.

guard_call(F, Args, Own, Remote) ->
    A = length(Args),
    (Remote orelse not Own({F, A})) andalso (erl_internal:guard_bif(F, A) orelse erl_internal:type_test(F, A)) andalso all(Args, Own).

all(Es, Own) -> lists:all(fun(E) -> guard_expr(E, Own) end, Es).

fields(Fs, Own) -> lists:all(fun({_, _, K, V}) -> guard_expr(K, Own) andalso guard_expr(V, Own) end, Fs).

is_guard_op(Op, A) -> erl_internal:arith_op(Op, A) orelse erl_internal:bool_op(Op, A) orelse erl_internal:comp_op(Op, A).

%% May it stand in a pattern, being no pattern by its form?
is_pattern_expr({Leaf, _, _}) when Leaf =:= integer; Leaf =:= float; Leaf =:= char; Leaf =:= atom -> true;
is_pattern_expr({op, _, Op, E}) -> erl_internal:arith_op(Op, 1) andalso is_pattern_expr(E);
is_pattern_expr({op, _, Op, L, R}) -> erl_internal:arith_op(Op, 2) andalso is_pattern_expr(L) andalso is_pattern_expr(R);
is_pattern_expr(_) -> false.

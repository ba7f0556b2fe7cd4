%% ms_transform: funs written as match specifications.
%%
%% A fun given to ets:fun2ms/1 or dbg:fun2ms/1 becomes the match specification it describes: as a parse transform on the forms of a module, or from the
%% clauses of a fun typed in the shell. Both ways build the specification as abstract code; the shell's is then evaluated. What has no equivalent is an
%% error that names it, never a specification that means something else.
-module(ms_transform).

-export([parse_transform/2, parse_transform_info/0, transform_from_shell/3, format_error/1]).

%% What a translation knows: the variables of the head, and the records of the module.
-record(env, {vars = #{}, next = 1, records = #{}, part = head, dialect = ets}).

parse_transform_info() -> #{error_location => column}.

parse_transform(Forms, _Options) ->
    Records = maps:from_list([{Name, [field(F) || F <- Fields]} || {attribute, _, record, {Name, Fields}} <- Forms]),
    try walk(Forms, Records)
    catch
        throw:{ms, Line, Code} ->
            File = hd([F || {attribute, _, file, {F, _}} <- Forms] ++ ["nofile"]),
            {error, [{File, [{Line, ?MODULE, Code}]}], []}
    end.

field({typed_record_field, Field, _}) -> field(Field);
field({record_field, _, {atom, _, Name}}) -> {Name, {atom, 0, undefined}};
field({record_field, _, {atom, _, Name}, Default}) -> {Name, Default}.

walk({call, Line, {remote, _, {atom, _, Dialect}, {atom, _, fun2ms}}, [Argument]}, Records) when Dialect =:= ets; Dialect =:= dbg ->
    case Argument of
        {'fun', _, {clauses, Clauses}} -> clauses(Line, Dialect, Clauses, Records);
        _ -> fail(Line, not_a_fun)
    end;
walk(Form, Records) when is_tuple(Form) -> list_to_tuple(walk(tuple_to_list(Form), Records));
walk([Form | Rest], Records) -> [walk(Form, Records) | walk(Rest, Records)];
walk(Form, _Records) -> Form.

transform_from_shell(Dialect, Clauses, Bindings) ->
    try
        value(clauses(1, Dialect, Clauses, #{}), Bindings)
    catch
        throw:{ms, Line, Code} -> {error, [{"", [{Line, ?MODULE, Code}]}], []};
        throw:{unbound, Name} -> {error, [{"", [{1, ?MODULE, {unbound_variable, Name}}]}], []}
    end.

value({nil, _}, _) -> [];
value({cons, _, H, T}, Bs) -> [value(H, Bs) | value(T, Bs)];
value({tuple, _, Es}, Bs) -> list_to_tuple([value(E, Bs) || E <- Es]);
value({map, _, Fields}, Bs) -> maps:from_list([{value(K, Bs), value(V, Bs)} || {map_field_assoc, _, K, V} <- Fields]);
value({var, _, Name}, Bs) ->
    case erl_eval:binding(Name, Bs) of
        {value, Value} -> Value;
        unbound -> throw({unbound, Name})
    end;
value({op, _, '-', E}, Bs) -> -value(E, Bs);
value({Literal, _, Value}, _) when Literal =:= atom; Literal =:= integer; Literal =:= float; Literal =:= char; Literal =:= string -> Value;
value(Form, Bs) ->
    {value, Value, _} = erl_eval:expr(Form, Bs),
    Value.

%% ---------------------------------------------------------------------------------------------------------------------
%% Clauses: one per alternative of the guard

clauses(Line, Dialect, Clauses, Records) ->
    list(Line, lists:flatmap(fun(Clause) -> clause(Clause, #env{records = Records, dialect = dialect(Dialect)}) end, Clauses)).

dialect(ets) -> ets;
dialect(_) -> dbg.

clause({clause, Line, [Parameter], Guards, Body}, Env) ->
    {Head, Bound} = head(Parameter, Env),
    InBody = Bound#env{part = body},
    Actions = list(Line, [expr(E, InBody) || E <- Body]),
    InGuard = Bound#env{part = guard},
    Alternatives = case Guards of [] -> [[]]; _ -> Guards end,
    [{tuple, Line, [Head, list(Line, [expr(E, InGuard) || E <- Tests]), Actions]} || Tests <- Alternatives];
clause({clause, Line, _, _, _}, #env{dialect = Dialect}) -> fail(Line, {head, Dialect}).

list(Line, Forms) -> lists:foldr(fun(Form, Rest) -> {cons, Line, Form, Rest} end, {nil, Line}, Forms).

%% A name for the whole object is allowed at the top only.
head({match, _, {var, _, Name}, Pattern}, Env) -> head_pattern(Pattern, whole(Name, Env));
head({match, _, Pattern, {var, _, Name}}, Env) -> head_pattern(Pattern, whole(Name, Env));
head(Pattern, Env) -> head_pattern(Pattern, Env).

whole('_', Env) -> Env;
whole(Name, #env{vars = Vars} = Env) -> Env#env{vars = Vars#{Name => '$_'}}.

head_pattern(Pattern, #env{dialect = Dialect} = Env) ->
    Fits = case {Dialect, element(1, Pattern)} of
               {_, var} -> true;
               {ets, Kind} -> Kind =:= tuple orelse Kind =:= record;
               {dbg, Kind} -> lists:member(Kind, [cons, nil, string, op])
           end,
    Fits orelse fail(element(2, Pattern), {head, Dialect}),
    pattern(Pattern, Env).

pattern({var, Line, '_'}, Env) -> {{atom, Line, '_'}, Env};
pattern({var, Line, Name}, #env{vars = Vars, next = N} = Env) ->
    case Vars of
        #{Name := Bound} -> {{atom, Line, Bound}, Env};
        _ ->
            Bound = list_to_atom("$" ++ integer_to_list(N)),
            {{atom, Line, Bound}, Env#env{vars = Vars#{Name => Bound}, next = N + 1}}
    end;
pattern({tuple, Line, Es}, Env) ->
    {Patterns, Next} = lists:mapfoldl(fun pattern/2, Env, Es),
    {{tuple, Line, Patterns}, Next};
pattern({cons, Line, H, T}, Env) ->
    {Head, Env1} = pattern(H, Env),
    {Tail, Env2} = pattern(T, Env1),
    {{cons, Line, Head, Tail}, Env2};
pattern({op, _, '++', {string, Line, Text}, T}, Env) ->
    {Tail, Next} = pattern(T, Env),
    {lists:foldr(fun(C, Rest) -> {cons, Line, {integer, Line, C}, Rest} end, Tail, Text), Next};
pattern({map, Line, Fields}, Env) ->
    {Patterns, Next} = lists:mapfoldl(fun({map_field_exact, L, K, V}, E) ->
                                          {Value, E1} = pattern(V, E),
                                          {{map_field_assoc, L, K, Value}, E1}
                                      end, Env, Fields),
    {{map, Line, Patterns}, Next};
pattern({record, Line, Name, Given}, Env) ->
    Default = other_fields(Given, {var, Line, '_'}),
    {Patterns, Next} = lists:mapfoldl(fun({Field, _}, E) -> pattern(given(Field, Given, Default), E) end, Env, fields(Line, Name, Given, Env)),
    {{tuple, Line, [{atom, Line, Name} | Patterns]}, Next};
pattern({match, Line, _, _}, _) -> fail(Line, inner_match);
pattern({bin, Line, Elements} = Bin, Env) ->
    [fail(Line, {bin_match, Name}) || {bin_element, _, {var, _, Name}, _, _} <- Elements],
    {Bin, Env};
pattern({atom, Line, Atom} = Form, Env) ->
    case reserved(Atom) of
        true -> fail(Line, {reserved, Atom});
        false -> {Form, Env}
    end;
pattern(Form, Env) -> {Form, Env}.

reserved(Atom) ->
    case atom_to_list(Atom) of
        "$_" -> true;
        "$*" -> true;
        [$$ | Digits] when Digits =/= [] -> lists:all(fun(C) -> C >= $0 andalso C =< $9 end, Digits);
        _ -> false
    end.

%% ---------------------------------------------------------------------------------------------------------------------
%% Expressions of guards and bodies

expr({var, Line, Name} = Var, #env{vars = Vars}) ->
    case Vars of
        #{Name := Bound} -> {atom, Line, Bound};
        _ -> {tuple, Line, [{atom, Line, const}, Var]}
    end;
expr({atom, Line, Atom} = Form, _) ->
    case reserved(Atom) of
        true -> {tuple, Line, [{atom, Line, const}, Form]};
        false -> Form
    end;
expr({tuple, Line, Es}, Env) -> {tuple, Line, [{tuple, Line, [expr(E, Env) || E <- Es]}]};
expr({cons, Line, H, T}, Env) -> {cons, Line, expr(H, Env), expr(T, Env)};
expr({map, Line, Fields}, Env) -> {map, Line, [{map_field_assoc, L, expr(K, Env), expr(V, Env)} || {_, L, K, V} <- Fields]};
expr({op, _, '-', {integer, Line, N}}, _) -> {integer, Line, -N};
expr({op, _, '-', {float, Line, F}}, _) -> {float, Line, -F};
expr({op, Line, Op, A}, Env) -> tuple(Line, Op, [expr(A, Env)]);
expr({op, Line, Op, A, B}, Env) -> tuple(Line, Op, [expr(A, Env), expr(B, Env)]);
expr({bin, Line, Elements} = Bin, Env) ->
    [fail(Line, {bin_construction, Name, Env#env.part}) || {bin_element, _, {var, _, Name}, _, _} <- Elements],
    Bin;
expr({call, Line, {remote, _, {atom, _, erlang}, {atom, _, F}}, As}, Env) -> function(Line, F, As, Env);
expr({call, Line, {atom, _, F}, As}, Env) -> function(Line, F, As, Env);
expr({call, Line, {remote, _, {atom, _, M}, {atom, _, F}}, As}, #env{part = Part}) -> fail(Line, {remote_call, M, F, length(As), Part});
expr({record, Line, Name, Given}, Env) ->
    Values = [expr(given(Field, Given, other_fields(Given, Default)), Env) || {Field, Default} <- fields(Line, Name, Given, Env)],
    {tuple, Line, [{tuple, Line, [{atom, Line, Name} | Values]}]};
expr({record, Line, Old, Name, Given}, Env) ->
    Record = expr(Old, Env),
    Fields = fields(Line, Name, Given, Env),
    Values = [case lists:keyfind(Field, 1, [{F, V} || {record_field, _, {atom, _, F}, V} <- Given]) of
                  {_, Value} -> expr(Value, Env);
                  false -> tuple(Line, element, [{integer, Line, Index}, Record])
              end || {Index, {Field, _}} <- lists:zip(lists:seq(2, length(Fields) + 1), Fields)],
    {tuple, Line, [{tuple, Line, [{atom, Line, Name} | Values]}]};
expr({record_field, Line, Record, Name, {atom, _, Field}}, Env) ->
    tuple(Line, element, [{integer, Line, position(Line, Name, Field, Env)}, expr(Record, Env)]);
expr({record_index, Line, Name, {atom, _, Field}}, Env) -> {integer, Line, position(Line, Name, Field, Env)};
expr({match, Line, _, _}, #env{part = Part}) -> fail(Line, {body_match, Part});
expr({Kind, _, _} = Form, _) when Kind =:= integer; Kind =:= float; Kind =:= char; Kind =:= string -> Form;
expr({nil, _} = Form, _) -> Form;
expr(Form, #env{part = Part}) -> fail(element(2, Form), {element, element_name(element(1, Form)), Part}).

tuple(Line, Name, Arguments) -> {tuple, Line, [{atom, Line, Name} | Arguments]}.

function(Line, object, [], _) -> {atom, Line, '$_'};
function(Line, bindings, [], _) -> {atom, Line, '$*'};
function(Line, is_record, [_, {atom, _, Name}], #env{records = Records, part = Part}) when not is_map_key(Name, Records) -> fail(Line, {record, Part, Name});
function(Line, is_record, [A, {atom, _, Name}], #env{records = Records} = Env) when is_map_key(Name, Records) ->
    Size = length(maps:get(Name, Records)) + 1,
    tuple(Line, is_record, [expr(A, Env), {atom, Line, Name}, {integer, Line, Size}]);
function(Line, F, As, #env{part = Part} = Env) ->
    case known(F, length(As)) of
        false -> fail(Line, {local_call, F, length(As), Part});
        Name -> tuple(Line, Name, [expr(A, Env) || A <- As])
    end.

%% The name a function has in a match specification. Type tests have their old names too.
known(F, Arity) ->
    case lists:member({F, Arity}, functions()) orelse (Arity =:= 2 andalso lists:member(F, operators())) of
        true -> F;
        false when Arity =:= 1 ->
            case lists:member(F, [atom, float, integer, list, number, pid, port, reference, tuple, binary, function]) of
                true -> list_to_atom("is_" ++ atom_to_list(F));
                false -> false
            end;
        false -> false
    end.

operators() -> ['and', 'or', 'xor', 'andalso', 'orelse', '+', '-', '*', 'div', 'rem', 'band', 'bor', 'bxor', 'bsl', 'bsr',
                '>', '>=', '<', '=<', '==', '=:=', '/=', '=/='].

functions() ->
    [{F, 1} || F <- [is_atom, is_float, is_integer, is_list, is_number, is_pid, is_port, is_reference, is_tuple, is_map, is_binary, is_bitstring,
                     is_boolean, is_function, 'not', abs, hd, tl, length, node, round, size, bit_size, byte_size, tuple_size, map_size, trunc,
                     float, floor, ceil, 'bnot', message, display, enable_trace, disable_trace, set_tcw, silent, current_stacktrace]] ++
    [{F, 2} || F <- [element, is_map_key, map_get, binary_part, min, max, set_seq_token, enable_trace, disable_trace, trace]] ++
    [{F, 0} || F <- [self, node, get_tcw, is_seq_trace, get_seq_token, return_trace, exception_trace, process_dump, caller, caller_line,
                     current_stacktrace]] ++
    [{is_record, 3}, {binary_part, 3}, {trace, 3}].

%% ---------------------------------------------------------------------------------------------------------------------
%% Records

fields(Line, Name, Given, #env{records = Records, part = Part}) ->
    case Records of
        #{Name := Fields} ->
            [fail(Line, {field, Part, F, Name}) || {record_field, _, {atom, _, F}, _} <- Given, not lists:keymember(F, 1, Fields)],
            Fields;
        _ -> fail(Line, {record, Part, Name})
    end.

given(Field, Given, Default) ->
    case [V || {record_field, _, {atom, _, F}, V} <- Given, F =:= Field] of
        [Value | _] -> Value;
        [] -> Default
    end.

other_fields(Given, Default) ->
    case [V || {record_field, _, {var, _, '_'}, V} <- Given] of
        [Value | _] -> Value;
        [] -> Default
    end.

position(Line, Name, Field, Env) ->
    Names = [F || {F, _} <- fields(Line, Name, [{record_field, Line, {atom, Line, Field}, none}], Env)],
    index(Field, Names, 2).

index(Field, [Field | _], N) -> N;
index(Field, [_ | Rest], N) -> index(Field, Rest, N + 1).

%% ---------------------------------------------------------------------------------------------------------------------
%% Errors

-spec fail(term(), term()) -> no_return().
fail(Line, Code) -> throw({ms, Line, Code}).

element_name(lc) -> "list comprehension";
element_name(bc) -> "binary comprehension";
element_name(block) -> "begin/end block";
element_name(named_fun) -> "fun";
element_name(Kind) -> atom_to_list(Kind).

format_error(not_a_fun) -> "Parameter of ets/dbg:fun2ms/1 is not a literal fun";
format_error({head, ets}) -> "ets:fun2ms requires fun with single variable or tuple parameter";
format_error({head, dbg}) -> "dbg:fun2ms requires fun with single variable or list parameter";
format_error(inner_match) -> "in fun head, only matching (=) on toplevel can be translated into match_spec";
format_error({reserved, Atom}) -> text("fun head contains atom ~tw, which conflics with reserved atoms in match_spec heads", [Atom]);
format_error({bin_match, Name}) -> text("fun head contains bit syntax matching of variable ~tw, which cannot be translated into match_spec", [Name]);
format_error({bin_construction, Name, Part}) ->
    text("bit syntax construction with variable ~tw (in ~w) cannot be translated into match_spec", [Name, Part]);
format_error({local_call, F, A, Part}) ->
    text("fun containing the local function call '~tw/~w' (called in ~w) cannot be translated into match_spec", [F, A, Part]);
format_error({remote_call, M, F, A, Part}) ->
    text("fun containing the remote function call '~tw:~tw/~w' (called in ~w) cannot be translated into match_spec", [M, F, A, Part]);
format_error({body_match, Part}) -> text("fun with ~w matching ('=' in ~w) is illegal as match_spec", [Part, Part]);
format_error({element, Name, Part}) -> text("the language element ~ts (in ~w) cannot be translated into match_spec", [Name, Part]);
format_error({record, Part, Name}) -> text("fun ~w contains unknown record type ~tw", [Part, Name]);
format_error({field, Part, Field, Name}) -> text("fun ~w contains reference to unknown field ~tw in record type ~tw", [Part, Field, Name]);
format_error({unbound_variable, Name}) -> text("the variable ~ts is unbound, cannot translate into match_spec", [Name]);
format_error(Other) -> text("~tp", [Other]).

text(Format, Arguments) -> lists:flatten(io_lib:format(Format, Arguments)).

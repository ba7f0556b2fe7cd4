%% Evaluates expressions in the abstract format: the shell, escripts that are not compiled, and match functions typed at a prompt.
%%
%% Bindings are a map from variable names to values (an orddict is taken too, and given back as one). Local calls go to a local function
%% handler, remote calls may go to a non-local one. A fun made here is a real fun of this module whose environment is one tuple,
%% so that fun_data/1 can find the clauses it was written with.
-module(erl_eval).
-export([exprs/2, exprs/3, exprs/4, exprs/5, expr/2, expr/3, expr/4, expr/5, expr_list/2, expr_list/3, expr_list/4]).
-export([new_bindings/0, bindings/1, binding/2, add_binding/3, del_binding/2]).
-export([fun_data/1, is_constant_expr/1, partial_eval/1, subst_values_for_vars/2, match_clause/4, check_command/2]).
-export([extended_parse_exprs/1, extended_parse_term/1, eval_str/1]).

%% What an evaluation carries along: handlers, and what records and the like would need.
-record(ctx, {lf = none, ef = none}).

%%% Entry points

exprs(Es, Bs) -> exprs(Es, Bs, none, none, none).
exprs(Es, Bs, Lf) -> exprs(Es, Bs, Lf, none, none).
exprs(Es, Bs, Lf, Ef) -> exprs(Es, Bs, Lf, Ef, none).

exprs(Es, Bs, Lf, Ef, Return) ->
    {Values, Bs2} = check_bindings(Bs, fun(Map) -> body(Es, Map, #ctx{lf = Lf, ef = Ef}) end),
    returned(Return, Values, Bs2).

expr(E, Bs) -> expr(E, Bs, none, none, none).
expr(E, Bs, Lf) -> expr(E, Bs, Lf, none, none).
expr(E, Bs, Lf, Ef) -> expr(E, Bs, Lf, Ef, none).

expr(E, Bs, Lf, Ef, Return) ->
    {Value, Bs2} = check_bindings(Bs, fun(Map) -> ev(E, Map, #ctx{lf = Lf, ef = Ef}) end),
    returned(Return, Value, Bs2).

returned(none, V, Bs) -> {value, V, Bs};
returned(value, V, _) -> V;
returned(Other, _, _) -> erlang:error(badarg, [Other]).

expr_list(Es, Bs) -> expr_list(Es, Bs, none, none).
expr_list(Es, Bs, Lf) -> expr_list(Es, Bs, Lf, none).
expr_list(Es, Bs, Lf, Ef) -> check_bindings(Bs, fun(Map) -> list(Es, Map, #ctx{lf = Lf, ef = Ef}) end).

%% Lets both forms of bindings in, and gives the same form back.
check_bindings(Bs, Fun) when is_map(Bs) -> Fun(Bs);
check_bindings(Bs, Fun) when is_list(Bs) ->
    {V, Map} = Fun(maps:from_list(Bs)),
    {V, orddict:from_list(maps:to_list(Map))}.

%%% Bindings

new_bindings() -> [].

bindings(Bs) when is_map(Bs) -> lists:sort(maps:to_list(Bs));
bindings(Bs) -> orddict:to_list(Bs).

binding(Name, Bs) when is_map(Bs) ->
    case Bs of
        #{Name := V} -> {value, V};
        #{} -> unbound
    end;
binding(Name, Bs) ->
    case orddict:find(Name, Bs) of
        {ok, V} -> {value, V};
        error -> unbound
    end.

add_binding(Name, Value, Bs) when is_map(Bs) -> Bs#{Name => Value};
add_binding(Name, Value, Bs) -> orddict:store(Name, Value, Bs).

del_binding(Name, Bs) when is_map(Bs) -> maps:remove(Name, Bs);
del_binding(Name, Bs) -> orddict:erase(Name, Bs).

%% The clauses and bindings of a fun made by this module.
fun_data(F) when is_function(F) ->
    case erlang:fun_info(F, module) of
        {module, ?MODULE} ->
            case erlang:fun_info(F, env) of
                {env, [{eval_fun, _, Bs, _, Cs}]} -> {fun_data, Bs, Cs};
                {env, [{eval_named_fun, _, Bs, _, Name, Cs}]} -> {named_fun_data, Bs, Name, Cs};
                _ -> false
            end;
        _ -> false
    end;
fun_data(_) -> false.

%%% Sequences

body([E], Bs, C) -> ev(E, Bs, C);
body([E | Es], Bs, C) ->
    {_, Bs2} = ev(E, Bs, C),
    body(Es, Bs2, C).

%% Arguments are evaluated in the same bindings; what each binds is merged, and a variable bound twice must agree.
list(Es, Bs, C) -> list(Es, [], Bs, Bs, C).

list([], Vs, _, Bs, _) -> {lists:reverse(Vs), Bs};
list([E | Es], Vs, Bs0, Bs, C) ->
    {V, Bs1} = ev(E, Bs0, C),
    list(Es, [V | Vs], Bs0, merge(Bs1, Bs), C).

merge(New, Old) ->
    maps:fold(
        fun(K, V, Acc) ->
            case Acc of
                #{K := V} -> Acc;
                #{K := Before} -> erlang:raise(error, {badmatch, Before}, stack());
                #{} -> Acc#{K => V}
            end
        end,
        Old,
        New
    ).

stack() -> [{?MODULE, expr, 5, []}].

fail(Reason) -> erlang:raise(error, Reason, stack()).

%%% One expression

ev({var, _, V}, Bs, _) ->
    case Bs of
        #{V := Value} -> {Value, Bs};
        #{} -> fail({unbound_var, V})
    end;
ev({char, _, X}, Bs, _) -> {X, Bs};
ev({integer, _, X}, Bs, _) -> {X, Bs};
ev({float, _, X}, Bs, _) -> {X, Bs};
ev({atom, _, X}, Bs, _) -> {X, Bs};
ev({string, _, X}, Bs, _) -> {X, Bs};
ev({nil, _}, Bs, _) -> {[], Bs};
ev({cons, _, H, T}, Bs, C) ->
    {[Head, Tail], Bs2} = list([H, T], Bs, C),
    {[Head | Tail], Bs2};
ev({tuple, _, Es}, Bs, C) ->
    {Vs, Bs2} = list(Es, Bs, C),
    {list_to_tuple(Vs), Bs2};
ev({map, _, Fields}, Bs, C) -> map_fields(Fields, #{}, Bs, Bs, C);
ev({map, _, M, Fields}, Bs, C) ->
    {Map, Bs2} = ev(M, Bs, C),
    is_map(Map) orelse fail({badmap, Map}),
    map_fields(Fields, Map, Bs, Bs2, C);
ev({record_field, _, _, Name, _}, _, _) -> fail({undefined_record, Name});
ev({record_index, _, Name, _}, _, _) -> fail({undefined_record, Name});
ev({record, _, Name, _}, _, _) -> fail({undefined_record, Name});
ev({record, _, _, Name, _}, _, _) -> fail({undefined_record, Name});
ev({block, _, Es}, Bs, C) -> body(Es, Bs, C);
ev({'if', _, Cs}, Bs, C) ->
    case first_clause(Cs, [], Bs, Bs, C) of
        {Body, Bs2} -> body(Body, Bs2, C);
        nomatch -> fail(if_clause)
    end;
ev({'case', _, E, Cs}, Bs, C) ->
    {V, Bs2} = ev(E, Bs, C),
    case first_clause(Cs, [V], Bs2, Bs2, C) of
        {Body, Bs3} -> body(Body, Bs3, C);
        nomatch -> fail({case_clause, V})
    end;
ev({'try', _, Es, Of, Catches, After}, Bs, C) -> try_expr(Es, Of, Catches, After, Bs, C);
ev({'maybe', _, Es}, Bs, C) -> maybe_expr(Es, Bs, C, fun(V) -> V end);
ev({'maybe', _, Es, {'else', _, Cs}}, Bs, C) ->
    maybe_expr(Es, Bs, C, fun(V) ->
        case first_clause(Cs, [V], Bs, Bs, C) of
            {Body, Bs2} -> element(1, body(Body, Bs2, C));
            nomatch -> fail({else_clause, V})
        end
    end);
ev({'receive', _, Cs}, Bs, C) -> receive_expr(Cs, infinity, [], Bs, Bs, C);
ev({'receive', _, Cs, T, After}, Bs, C) ->
    {Timeout, Bs2} = ev(T, Bs, C),
    receive_expr(Cs, Timeout, After, Bs2, Bs2, C);
ev({'fun', _, {function, F, A}}, Bs, C) -> {local_fun(F, A, C), Bs};
ev({'fun', _, {function, M0, F0, A0}}, Bs, C) ->
    {[M, F, A], Bs2} = list([literal(M0), literal(F0), literal(A0)], Bs, C),
    {fun M:F/A, Bs2};
ev({'fun', Anno, {clauses, Cs}}, Bs, C) -> {make_fun(Anno, captured(Cs, Bs), C, Cs), Bs};
ev({named_fun, Anno, Name, Cs}, Bs, C) -> {make_named_fun(Anno, captured(Cs, Bs), C, Name, Cs), Bs};
ev({call, _, {remote, _, {atom, _, erlang}, {atom, _, raise}}, Args}, Bs, C) when length(Args) =:= 3 ->
    {[Class, Reason, Stack], _} = list(Args, Bs, C),
    erlang:raise(Class, Reason, Stack);
ev({call, Anno, {remote, _, M0, F0}, Args0}, Bs, C) ->
    {[M, F | Args], Bs2} = list([M0, F0 | Args0], Bs, C),
    {remote_call(Anno, M, F, Args, C), Bs2};
ev({call, Anno, {atom, _, F}, Args0}, Bs, C) -> local_call(Anno, F, Args0, Bs, C);
ev({call, Anno, F0, Args0}, Bs, C) ->
    {[F | Args], Bs2} = list([F0 | Args0], Bs, C),
    {apply_fun(Anno, F, Args, C), Bs2};
ev({'catch', _, E}, Bs, C) ->
    try ev(E, Bs, C)
    catch
        throw:Term -> {Term, Bs};
        exit:Reason -> {{'EXIT', Reason}, Bs};
        error:Reason:Stack -> {{'EXIT', {Reason, Stack}}, Bs}
    end;
ev({match, _, P, E}, Bs, C) ->
    {V, Bs2} = ev(E, Bs, C),
    case match(P, V, Bs2, Bs2, C) of
        {ok, Bs3} -> {V, Bs3};
        nomatch -> fail({badmatch, V})
    end;
ev({op, Anno, Op, A}, Bs, C) ->
    {V, Bs2} = ev(A, Bs, C),
    {handled(Anno, Op, [V], C), Bs2};
ev({op, _, 'andalso', L, R}, Bs, C) ->
    case ev(L, Bs, C) of
        {true, Bs2} -> {V, _} = ev(R, Bs2, C), {V, Bs2};
        {false, Bs2} -> {false, Bs2};
        {V, _} -> fail({badarg, V})
    end;
ev({op, _, 'orelse', L, R}, Bs, C) ->
    case ev(L, Bs, C) of
        {false, Bs2} -> {V, _} = ev(R, Bs2, C), {V, Bs2};
        {true, Bs2} -> {true, Bs2};
        {V, _} -> fail({badarg, V})
    end;
ev({op, Anno, '!', L, R}, Bs, C) ->
    {[To, Msg], Bs2} = list([L, R], Bs, C),
    {remote_call(Anno, erlang, '!', [To, Msg], C), Bs2};
ev({op, Anno, Op, L, R}, Bs, C) ->
    {[A, B], Bs2} = list([L, R], Bs, C),
    {handled(Anno, Op, [A, B], C), Bs2};
ev({lc, _, E, Qs}, Bs, C) ->
    Vs = generators(Qs, Bs, C, fun(Bs2, Acc) -> {V, _} = ev(E, Bs2, C), [V | Acc] end, []),
    {lists:reverse(Vs), Bs};
ev({bc, _, E, Qs}, Bs, C) ->
    Parts = generators(Qs, Bs, C, fun(Bs2, Acc) ->
        case ev(E, Bs2, C) of
            {V, _} when is_bitstring(V) -> [V | Acc];
            {V, _} -> fail({badarg, V})
        end
    end, []),
    {list_to_bitstring(lists:reverse(Parts)), Bs};
ev({mc, _, {map_field_assoc, _, K, V}, Qs}, Bs, C) ->
    Pairs = generators(Qs, Bs, C, fun(Bs2, Acc) -> {[Key, Value], _} = list([K, V], Bs2, C), [{Key, Value} | Acc] end, []),
    {maps:from_list(lists:reverse(Pairs)), Bs};
ev({bin, _, Segments}, Bs, C) -> eval_bits:construct(Segments, Bs, fun(E, B) -> ev(E, B, C) end);
ev({value, _, V}, Bs, _) -> {V, Bs};
ev({remote, _, _, _}, _, _) -> fail({badexpr, ':'});
ev(Other, _, _) -> fail({badexpr, Other}).

literal(X) when is_atom(X) -> {atom, 0, X};
literal(X) when is_integer(X) -> {integer, 0, X};
literal(X) -> X.

map_fields(Fields, Map, Bs0, Bs, C) ->
    lists:foldl(
        fun({Kind, _, K0, V0}, {M, Bs1}) ->
            {[K, V], Bs2} = list([K0, V0], Bs0, C),
            {put_field(Kind, K, V, M), merge(Bs2, Bs1)}
        end,
        {Map, Bs},
        Fields
    ).

put_field(map_field_assoc, K, V, M) -> M#{K => V};
put_field(map_field_exact, K, V, M) when is_map_key(K, M) -> M#{K := V};
put_field(map_field_exact, K, _, _) -> fail({badkey, K}).

op('+', A) -> +A;
op('-', A) -> -A;
op('bnot', A) -> bnot A;
op('not', A) -> not A.

op(Op, A, B) -> erlang:Op(A, B).

%%% Calls

%% apply/2 leaves no frame of its own.
remote_call(Anno, erlang, apply, [F, Args], C) when is_function(F); is_list(Args) ->
    _ = length(Args),
    apply_fun(Anno, F, Args, C);
remote_call(Anno, M, F, Args, #ctx{ef = none}) -> apply_mfa(Anno, M, F, Args);
remote_call(Anno, M, F, Args, #ctx{ef = {value, Handler}}) when is_function(Handler, 3) -> Handler(Anno, {M, F}, Args);
remote_call(_, M, F, Args, #ctx{ef = {value, Handler}}) -> Handler({M, F}, Args);
remote_call(Anno, M, F, Args, #ctx{ef = Handler}) when is_function(Handler, 3) -> Handler(Anno, {M, F}, Args).

apply_mfa(_, M, F, Args) -> apply(M, F, Args).

apply_fun(_, F, Args, #ctx{ef = {value, Handler}}) when is_function(F), is_function(Handler, 2) -> Handler(F, Args);
apply_fun(Anno, F, Args, #ctx{ef = {value, Handler}}) when is_function(F) -> Handler(Anno, F, Args);
apply_fun(_, F, Args, _) when is_function(F) ->
    case is_function(F, length(Args)) of
        true -> apply(F, Args);
        false -> fail({badarity, {F, Args}})
    end;
apply_fun(_, F, _, _) -> fail({badfun, F}).

local_call(Anno, F, Args0, Bs, #ctx{lf = Lf} = C) ->
    case erl_internal:bif(F, length(Args0)) of
        true ->
            {Args, Bs2} = list(Args0, Bs, C),
            {remote_call(Anno, erlang, F, Args, C), Bs2};
        _ -> to_handler(Lf, Anno, F, Args0, Bs, C)
    end.

to_handler({value, H}, Anno, F, Args0, Bs, C) ->
    {Args, Bs2} = list(Args0, Bs, C),
    Value = if is_function(H, 3) -> H(Anno, F, Args); true -> H(F, Args) end,
    {Value, Bs2};
to_handler({value, H, Extra}, _, F, Args0, Bs, C) ->
    {Args, Bs2} = list(Args0, Bs, C),
    {apply(H, [F, Args | Extra]), Bs2};
to_handler({eval, H}, Anno, F, Args0, Bs, _) ->
    {value, V, Bs2} = if is_function(H, 4) -> H(Anno, F, Args0, Bs); true -> H(F, Args0, Bs) end,
    {V, Bs2};
to_handler({eval, H, Extra}, _, F, Args0, Bs, _) ->
    {value, V, Bs2} = apply(H, [F, Args0, Bs | Extra]),
    {V, Bs2};
to_handler(none, _, F, Args, _, _) -> fail_undef(F, length(Args)).

fail_undef(F, A) -> erlang:raise(error, undef, [{?MODULE, F, A, []} | stack()]).

local_fun(F, A, #ctx{lf = none} = C) ->
    case erl_internal:bif(F, A) of
        true -> fun erlang:F/A;
        false when C#ctx.lf =:= none -> fail_undef(F, A)
    end;
local_fun(F, A, C) ->
    case erl_internal:bif(F, A) of
        true -> fun erlang:F/A;
        false ->
            Vars = [list_to_atom("A" ++ integer_to_list(N)) || N <- lists:seq(1, A)],
            Clause = {clause, 0, [{var, 0, V} || V <- Vars], [], [{call, 0, {atom, 0, F}, [{var, 0, V} || V <- Vars]}]},
            make_fun(0, #{}, C, [Clause])
    end.

%%% Funs: one tuple is all of the environment, whatever the arity

%% Only what the clauses mention is kept: a fun typed at the prompt must not hold all of the shell's bindings.
captured(Cs, Bs) -> maps:with(vars(Cs, []), Bs).

vars({var, _, V}, Acc) when is_atom(V) -> [V | Acc];
vars(T, Acc) when is_tuple(T) -> vars(tuple_to_list(T), Acc);
vars([H | T], Acc) -> vars(T, vars(H, Acc));
vars(_, Acc) -> Acc.

make_fun(Anno, Bs, C, [{clause, _, Ps, _, _} | _] = Cs) ->
    D = {eval_fun, Anno, Bs, C, Cs},
    closure(length(Ps), D).

make_named_fun(Anno, Bs, C, Name, [{clause, _, Ps, _, _} | _] = Cs) ->
    D = {eval_named_fun, Anno, Bs, C, Name, Cs},
    closure(length(Ps), D).

closure(0, I) -> fun() -> run([], I) end;
closure(1, I) -> fun(A) -> run([A], I) end;
closure(2, I) -> fun(A, B) -> run([A, B], I) end;
closure(3, I) -> fun(A, B, C) -> run([A, B, C], I) end;
closure(4, I) -> fun(A, B, C, D) -> run([A, B, C, D], I) end;
closure(5, I) -> fun(A, B, C, D, E) -> run([A, B, C, D, E], I) end;
closure(6, I) -> fun(A, B, C, D, E, F) -> run([A, B, C, D, E, F], I) end;
closure(7, I) -> fun(A, B, C, D, E, F, G) -> run([A, B, C, D, E, F, G], I) end;
closure(8, I) -> fun(A, B, C, D, E, F, G, H) -> run([A, B, C, D, E, F, G, H], I) end;
closure(9, I) -> fun(A, B, C, D, E, F, G, H, J) -> run([A, B, C, D, E, F, G, H, J], I) end;
closure(10, I) -> fun(A, B, C, D, E, F, G, H, J, K) -> run([A, B, C, D, E, F, G, H, J, K], I) end;
closure(11, I) -> fun(A, B, C, D, E, F, G, H, J, K, L) -> run([A, B, C, D, E, F, G, H, J, K, L], I) end;
closure(12, I) -> fun(A, B, C, D, E, F, G, H, J, K, L, M) -> run([A, B, C, D, E, F, G, H, J, K, L, M], I) end;
closure(13, I) -> fun(A, B, C, D, E, F, G, H, J, K, L, M, N) -> run([A, B, C, D, E, F, G, H, J, K, L, M, N], I) end;
closure(14, I) -> fun(A, B, C, D, E, F, G, H, J, K, L, M, N, O) -> run([A, B, C, D, E, F, G, H, J, K, L, M, N, O], I) end;
closure(15, I) -> fun(A, B, C, D, E, F, G, H, J, K, L, M, N, O, P) -> run([A, B, C, D, E, F, G, H, J, K, L, M, N, O, P], I) end;
closure(16, I) -> fun(A, B, C, D, E, F, G, H, J, K, L, M, N, O, P, Q) -> run([A, B, C, D, E, F, G, H, J, K, L, M, N, O, P, Q], I) end;
closure(17, I) -> fun(A, B, C, D, E, F, G, H, J, K, L, M, N, O, P, Q, R) -> run([A, B, C, D, E, F, G, H, J, K, L, M, N, O, P, Q, R], I) end;
closure(18, I) -> fun(A, B, C, D, E, F, G, H, J, K, L, M, N, O, P, Q, R, S) -> run([A, B, C, D, E, F, G, H, J, K, L, M, N, O, P, Q, R, S], I) end;
closure(19, I) -> fun(A, B, C, D, E, F, G, H, J, K, L, M, N, O, P, Q, R, S, T) -> run([A, B, C, D, E, F, G, H, J, K, L, M, N, O, P, Q, R, S, T], I) end;
closure(20, I) -> fun(A, B, C, D, E, F, G, H, J, K, L, M, N, O, P, Q, R, S, T, U) -> run([A, B, C, D, E, F, G, H, J, K, L, M, N, O, P, Q, R, S, T, U], I) end;
closure(N, _) -> fail({argument_limit, {'fun', 0, N}}).

run(Args, {eval_fun, _, Bs, C, Cs}) -> run_clauses(Args, Bs, C, Cs);
run(Args, {eval_named_fun, Anno, Bs, C, Name, Cs} = I) ->
    Self = closure(length(Args), I),
    _ = Anno,
    run_clauses(Args, case Name of '_' -> Bs; _ -> Bs#{Name => Self} end, C, Cs).

%% Variables of a fun's head are new ones, whatever is bound outside.
run_clauses(Args, Bs, C, Cs) ->
    case fun_clause(Cs, Args, Bs, C) of
        {Body, Bs2} -> element(1, body(Body, Bs2, C));
        nomatch -> erlang:raise(error, function_clause, [{?MODULE, '-inside-an-interpreted-fun-', Args, []} | stack()])
    end.

fun_clause([], _, _, _) -> nomatch;
fun_clause([{clause, _, Ps, Guard, Body} | Cs], Args, Bs, C) ->
    Outer = maps:without(vars(Ps, []), Bs),
    case match_all(Ps, Args, Outer, Bs, C) of
        {ok, Bs2} ->
            case guard(Guard, Bs2, C) of
                true -> {Body, Bs2};
                false -> fun_clause(Cs, Args, Bs, C)
            end;
        nomatch -> fun_clause(Cs, Args, Bs, C)
    end.

%%% Clauses, guards

%% For the outside: the first clause that takes the values, {Body, Bindings} or nomatch.
match_clause(Cs, Vs, Bs, Lf) ->
    check_clause(Cs, Vs, Bs, #ctx{lf = Lf}).

check_clause(Cs, Vs, Bs, C) when is_map(Bs) -> first_clause(Cs, Vs, Bs, Bs, C);
check_clause(Cs, Vs, Bs, C) ->
    case first_clause(Cs, Vs, maps:from_list(Bs), maps:from_list(Bs), C) of
        {Body, Bs2} -> {Body, orddict:from_list(maps:to_list(Bs2))};
        nomatch -> nomatch
    end.

first_clause([], _, _, _, _) -> nomatch;
first_clause([{clause, _, Ps, Guard, Body} | Cs], Vs, MatchBs, Bs, C) ->
    case match_all(Ps, Vs, MatchBs, Bs, C) of
        {ok, Bs2} ->
            case guard(Guard, Bs2, C) of
                true -> {Body, Bs2};
                false -> first_clause(Cs, Vs, MatchBs, Bs, C)
            end;
        nomatch -> first_clause(Cs, Vs, MatchBs, Bs, C)
    end.

guard([], _, _) -> true;
guard(Alternatives, Bs, C) -> lists:any(fun(Tests) -> lists:all(fun(T) -> guard_test(T, Bs, C) end, Tests) end, Alternatives).

%% A guard that fails is false; old type tests (integer(X)) are not taken.
guard_test(Test, Bs, C) ->
    is_free_of_calls(Test) orelse fail(illegal_guard_expr),
    try ev(guard_expr(Test), Bs, C#ctx{ef = none}) of
        {true, _} -> true;
        {_, _} -> false
    catch
        error:{unbound_var, V} -> fail({unbound_var, V});
        _:_ -> false
    end.

%% Without a call of what is no guard.
is_free_of_calls({call, _, {atom, _, F}, Args}) ->
    (erl_internal:guard_bif(F, length(Args)) orelse erl_internal:old_type_test(F, length(Args))) andalso lists:all(fun is_free_of_calls/1, Args);
is_free_of_calls({op, _, _, A, B}) -> is_free_of_calls(A) andalso is_free_of_calls(B);
is_free_of_calls({op, _, _, A}) -> is_free_of_calls(A);
is_free_of_calls(_) -> true.

guard_expr({call, L, {remote, _, {atom, _, erlang}, {atom, _, F}}, Args}) -> guard_expr({call, L, {atom, L, F}, Args});
guard_expr({call, L, {atom, _, F}, Args}) ->
    {call, L, {remote, L, {atom, L, erlang}, {atom, L, F}}, [guard_expr(A) || A <- Args]};
guard_expr({op, L, Op, A, B}) -> {op, L, Op, guard_expr(A), guard_expr(B)};
guard_expr({op, L, Op, A}) -> {op, L, Op, guard_expr(A)};
guard_expr(Other) -> Other.

%%% Patterns

match_all([], [], _, Bs, _) -> {ok, Bs};
match_all([P | Ps], [V | Vs], BBs, Bs, C) ->
    case match(P, V, BBs, Bs, C) of
        {ok, Bs2} -> match_all(Ps, Vs, bound_here(BBs, Bs, Bs2), Bs2, C);
        nomatch -> nomatch
    end;
match_all(_, _, _, _, _) -> nomatch.

%% What a pattern bound counts as bound for the next one.
bound_here(BBs, Before, After) ->
    maps:merge(BBs, maps:filter(fun(K, V) -> case Before of #{K := V0} -> V0 =/= V; _ -> true end end, After)).

match({var, _, '_'}, _, _, Bs, _) -> {ok, Bs};
match({var, _, Name}, V, BBs, Bs, _) ->
    case BBs of
        #{Name := V} -> {ok, Bs#{Name => V}};
        #{Name := _} -> nomatch;
        #{} -> {ok, Bs#{Name => V}}
    end;
match({match, _, P1, P2}, V, BBs, Bs, C) -> match_all([P1, P2], [V, V], BBs, Bs, C);
match({cons, _, H, T}, [Head | Tail], BBs, Bs, C) -> match_all([H, T], [Head, Tail], BBs, Bs, C);
match({cons, _, _, _}, _, _, _, _) -> nomatch;
match({tuple, _, Ps}, V, BBs, Bs, C) when is_tuple(V), tuple_size(V) =:= length(Ps) -> match_all(Ps, tuple_to_list(V), BBs, Bs, C);
match({tuple, _, _}, _, _, _, _) -> nomatch;
match({map, _, Fields}, V, BBs, Bs, C) when is_map(V) -> match_fields(Fields, V, BBs, Bs, C);
match({map, _, _}, _, _, _, _) -> nomatch;
match({bin, _, Segments}, V, BBs, Bs, C) when is_bitstring(V) ->
    eval_bits:match(Segments, V, BBs, Bs,
        fun(P, Value, B1, B2) -> match(P, Value, B1, B2, C) end,
        fun(E, B) -> ev(E, B, C) end);
match({bin, _, _}, _, _, _, _) -> nomatch;
match({op, _, '++', {nil, _}, R}, V, BBs, Bs, C) -> match(R, V, BBs, Bs, C);
match({op, L, '++', {cons, _, H, T}, R}, V, BBs, Bs, C) -> match({cons, L, H, {op, L, '++', T, R}}, V, BBs, Bs, C);
match({op, L, '++', {string, _, S}, R}, V, BBs, Bs, C) ->
    match(lists:foldr(fun(Ch, T) -> {cons, L, {integer, L, Ch}, T} end, R, S), V, BBs, Bs, C);
match({string, _, S}, V, _, Bs, _) -> if S =:= V -> {ok, Bs}; true -> nomatch end;
match(P, V, BBs, Bs, C) ->
    case ev(P, BBs, C) of
        {V, _} -> {ok, Bs};
        _ -> nomatch
    end.

match_fields([], _, _, Bs, _) -> {ok, Bs};
match_fields([{map_field_exact, _, K0, P} | Fields], Map, BBs, Bs, C) ->
    {K, _} = ev(K0, maps:merge(Bs, BBs), C),
    case Map of
        #{K := V} ->
            case match(P, V, BBs, Bs, C) of
                {ok, Bs2} -> match_fields(Fields, Map, bound_here(BBs, Bs, Bs2), Bs2, C);
                nomatch -> nomatch
            end;
        #{} -> nomatch
    end.

%%% try, maybe, receive

try_expr(Es, Of, Catches, After, Bs, C) ->
    try body(Es, Bs, C) of
        {V, Bs2} when Of =:= [] -> {V, Bs2};
        {V, Bs2} ->
            case first_clause(Of, [V], Bs2, Bs2, C) of
                {Body, Bs3} -> {element(1, body(Body, Bs3, C)), Bs};
                nomatch -> fail({try_clause, V})
            end
    catch
        Class:Reason:Stack when Catches =/= [] ->
            case first_clause(Catches, [{Class, Reason, Stack}], Bs, Bs, C) of
                {Body, Bs2} -> body(Body, Bs2, C);
                nomatch -> erlang:raise(Class, Reason, Stack)
            end
    after
        [body(After, Bs, C) || After =/= []]
    end.

%% Operators are calls to a handler of such calls, too.
handled(_, Op, [A], #ctx{ef = none}) -> op(Op, A);
handled(_, Op, [A, B], #ctx{ef = none}) -> op(Op, A, B);
handled(Anno, Op, Args, C) -> remote_call(Anno, erlang, Op, Args, C).

maybe_expr(Es, Bs, C, Else) ->
    case maybe_steps(Es, Bs, C) of
        {value, V} -> {V, Bs};
        {other, V} -> {Else(V), Bs}
    end.

maybe_steps([E | Es], Bs, C) ->
    case maybe_step(E, Bs, C) of
        {ok, V, _} when Es =:= [] -> {value, V};
        {ok, _, Bs2} -> maybe_steps(Es, Bs2, C);
        {other, V} -> {other, V}
    end.

maybe_step({maybe_match, _, P, E}, Bs, C) ->
    {V, Bs2} = ev(E, Bs, C),
    case match(P, V, Bs2, Bs2, C) of
        {ok, Bs3} -> {ok, V, Bs3};
        nomatch -> {other, V}
    end;
maybe_step(E, Bs, C) ->
    {V, Bs2} = ev(E, Bs, C),
    {ok, V, Bs2}.

receive_expr(Cs, Timeout, After, MatchBs, Bs, C) ->
    Found = prim_eval:'receive'(
        fun(Msg) ->
            case first_clause(Cs, [Msg], MatchBs, Bs, C) of
                nomatch -> nomatch;
                {Body, Bs2} -> {matched, Body, Bs2}
            end
        end,
        Timeout
    ),
    case Found of
        timeout -> body(After, Bs, C);
        {matched, Body, Bs2} -> body(Body, Bs2, C)
    end.

%%% Comprehensions

generators([], Bs, _, Add, Acc) -> Add(Bs, Acc);
generators([{zip, _, Gens} | Qs], Bs, C, Add, Acc) -> zip(Gens, Qs, Bs, C, Add, Acc);
generators([{Kind, _, P, E} | Qs], Bs, C, Add, Acc) when
    Kind =:= generate; Kind =:= b_generate; Kind =:= m_generate;
    Kind =:= generate_strict; Kind =:= b_generate_strict; Kind =:= m_generate_strict
->
    {V, _} = ev(E, Bs, C),
    each(source(Kind, P, V, C), P, strict(Kind), Bs, C, fun(Bs2, A) -> generators(Qs, Bs2, C, Add, A) end, Acc);
generators([Filter | Qs], Bs, C, Add, Acc) ->
    case filter(Filter, Bs, C) of
        {true, Bs2} -> generators(Qs, Bs2, C, Add, Acc);
        {false, _} -> Acc;
        {V, _} -> fail({bad_filter, V})
    end.

filter(F, Bs, C) ->
    case is_guard_test(F) of
        true -> {guard_test(F, Bs, C), Bs};
        false -> ev(F, Bs, C)
    end.

%% As in OTP's evaluator any guard expression is a guard: one that is not true filters, whatever its value.
is_guard_test({op, _, Op, A, B}) when Op =:= 'andalso'; Op =:= 'orelse' -> is_guard_test(A) andalso is_guard_test(B);
is_guard_test(E) -> is_guard_expr(E).

is_guard_expr({var, _, _}) -> true;
is_guard_expr({call, _, {atom, _, F}, Args}) -> erl_internal:guard_bif(F, length(Args)) andalso lists:all(fun is_guard_expr/1, Args);
is_guard_expr({op, _, Op, A, B}) when Op =/= '!', Op =/= '++', Op =/= '--' -> is_guard_expr(A) andalso is_guard_expr(B);
is_guard_expr({op, _, _, A}) -> is_guard_expr(A);
is_guard_expr({tuple, _, Es}) -> lists:all(fun is_guard_expr/1, Es);
is_guard_expr({cons, _, H, T}) -> is_guard_expr(H) andalso is_guard_expr(T);
is_guard_expr({Tag, _, _}) -> lists:member(Tag, [atom, integer, float, char, string]);
is_guard_expr({nil, _}) -> true;
is_guard_expr(_) -> false.

strict(generate_strict) -> true;
strict(b_generate_strict) -> true;
strict(m_generate_strict) -> true;
strict(_) -> false.

%% A generator's source: a function that gives {next, Bindings-making match, Rest}, done, or an error.
source(Kind, _, V, _) when (Kind =:= generate orelse Kind =:= generate_strict) -> {list, V};
source(Kind, _, V, _) when (Kind =:= b_generate orelse Kind =:= b_generate_strict), is_bitstring(V) -> {bits, V};
source(Kind, _, V, _) when (Kind =:= m_generate orelse Kind =:= m_generate_strict), is_map(V) -> {list, maps:to_list(V)};
source(Kind, _, V, _) when (Kind =:= m_generate orelse Kind =:= m_generate_strict) ->
    try {list, maps:to_list(V)} catch error:_ -> fail({bad_generator, V}) end;
source(_, _, V, _) -> fail({bad_generator, V}).

each(Source, P, Strict, Bs, C, Next, Acc) ->
    case step(Source, P, Bs, C) of
        done -> Acc;
        {match, Bs2, Rest} -> each(Rest, P, Strict, Bs, C, Next, Next(Bs2, Acc));
        {skip, V, _} when Strict -> fail({badmatch, V});
        {skip, _, Rest} -> each(Rest, P, Strict, Bs, C, Next, Acc)
    end.

step({list, []}, _, _, _) -> done;
step({list, [V | Vs]}, P, Bs, C) ->
    case match(pair_pattern(P), V, maps:without(vars(P, []), Bs), Bs, C) of
        {ok, Bs2} -> {match, Bs2, {list, Vs}};
        nomatch -> {skip, V, {list, Vs}}
    end;
step({list, Other}, _, _, _) -> fail({bad_generator, Other});
step({bits, Bits}, P, Bs, C) ->
    eval_bits:generate(P, Bits, maps:without(vars(P, []), Bs), Bs,
        fun(Pat, Value, B1, B2) -> match(Pat, Value, B1, B2, C) end,
        fun(E, B) -> ev(E, B, C) end).

pair_pattern({map_field_exact, L, K, V}) -> {tuple, L, [K, V]};
pair_pattern(P) -> P.

%% Generators side by side: all must end together.
zip(Gens, Qs, Bs, C, Add, Acc) ->
    Sources = [begin {V, _} = ev(E, Bs, C), {source(Kind, P, V, C), P, strict(Kind)} end || {Kind, _, P, E} <- Gens],
    zip_each(Sources, Qs, Bs, C, Add, Acc).

zip_each(Sources, Qs, Bs, C, Add, Acc) ->
    Steps = [{step(S, P, Bs, C), Strict} || {S, P, Strict} <- Sources],
    case lists:partition(fun({S, _}) -> S =:= done end, Steps) of
        {_, []} -> Acc;
        {[], _} ->
            [fail({badmatch, V}) || {{skip, V, _}, true} <- Steps],
            Rest = [{rest(S), P, Strict} || {{S, _}, {_, P, Strict}} <- lists:zip(Steps, Sources)],
            case [B || {{match, B, _}, _} <- Steps] of
                Matched when length(Matched) =:= length(Steps) ->
                    Bs2 = lists:foldl(fun maps:merge/2, Bs, [maps:without(maps:keys(maps:filter(fun(K, V) -> maps:find(K, Bs) =:= {ok, V} end, B)), B) || B <- Matched]),
                    zip_each(Rest, Qs, Bs, C, Add, generators(Qs, Bs2, C, Add, Acc));
                _ -> zip_each(Rest, Qs, Bs, C, Add, Acc)
            end;
        _ -> fail({bad_generators, list_to_tuple([left(S) || {S, _, _} <- Sources])})
    end.

rest({match, _, R}) -> R;
rest({skip, _, R}) -> R.

left({list, L}) -> L;
left({bits, B}) -> B.

%%% Constant expressions, and values in place of variables

is_constant_expr(Expr) ->
    case constant(Expr) of
        {ok, V} -> is_number(V);
        error -> false
    end.

%% An operation on literals becomes its value; anything else is left as it is.
partial_eval(Expr) ->
    case constant(Expr) of
        {ok, V} when is_integer(V) -> {integer, element(2, Expr), V};
        {ok, V} when is_float(V) -> {float, element(2, Expr), V};
        {ok, V} when is_atom(V) -> {atom, element(2, Expr), V};
        _ -> Expr
    end.

constant({op, _, Op, A}) -> constant(Op, [A]);
constant({op, _, Op, A, B}) -> constant(Op, [A, B]);
constant({Kind, _, V}) when Kind =:= integer; Kind =:= float; Kind =:= char; Kind =:= atom -> {ok, V};
constant(_) -> error.

constant(Op, Operands) ->
    Values = [V || E <- Operands, {ok, V} <- [constant(E)]],
    try length(Values) =:= length(Operands) andalso apply(erlang, Op, Values) of
        V -> if length(Values) =:= length(Operands) -> {ok, V}; true -> error end
    catch _:_ -> error
    end.

subst_values_for_vars({var, L, Name} = Var, Bs) ->
    case binding(Name, Bs) of
        {value, V} -> {value, L, V};
        unbound -> Var
    end;
subst_values_for_vars(T, Bs) when is_tuple(T) -> list_to_tuple(subst_values_for_vars(tuple_to_list(T), Bs));
subst_values_for_vars([H | T], Bs) -> [subst_values_for_vars(H, Bs) | subst_values_for_vars(T, Bs)];
subst_values_for_vars(Other, _) -> Other.

%% What the linter says of expressions about to be evaluated with these bindings.
check_command(Es, Bs) ->
    case erl_lint:exprs(Es, [{N, ok} || {N, _} <- bindings(Bs)]) of
        {ok, _} -> ok;
        {error, [{_, [Error | _]} | _], _} -> {error, Error}
    end.

%%% Reading values that have no syntax (pids, refs, funs): they come as words between # < > and are read back where that is possible

%% The parser knows no values: each stands as a variable that no program can have, and comes back afterwards.
extended_parse_exprs(Tokens) ->
    {Plain, Values} = lists:mapfoldl(fun hide_value/2, #{}, fix_tokens(Tokens)),
    case erl_parse:parse_exprs(Plain) of
        {ok, Exprs} when map_size(Values) > 0 -> {ok, show_values(Exprs, Values)};
        Other -> Other
    end.

hide_value({value, Anno, V}, Values) ->
    Var = list_to_atom("V#" ++ integer_to_list(map_size(Values))),
    {{var, Anno, Var}, Values#{Var => V}};
hide_value(Token, Values) -> {Token, Values}.

show_values({var, Anno, Var}, Values) when is_map_key(Var, Values) -> {value, Anno, map_get(Var, Values)};
show_values(T, Values) when is_tuple(T) -> list_to_tuple(show_values(tuple_to_list(T), Values));
show_values([H | T], Values) -> [show_values(H, Values) | show_values(T, Values)];
show_values(Other, _) -> Other.

extended_parse_term(Tokens) ->
    case extended_parse_exprs(Tokens) of
        {ok, [Expr]} ->
            try ev(Expr, #{}, #ctx{}) of
                {V, _} -> {ok, V}
            catch
                _:_ -> {error, {element(2, Expr), erl_eval, "bad term"}}
            end;
        {ok, [_, Expr | _]} -> {error, {element(2, Expr), erl_eval, "bad term"}};
        Error -> Error
    end.

%% Pids, ports, references and funs as they are printed: their tokens' text from the opening sign to the closing one is read as a whole.
fix_tokens([{'<', Anno} = T | Ts]) -> printed(T, Ts, Anno, "", fun list_to_pid/1);
fix_tokens([{'#', Anno} = T, {var, _, 'Fun'} = V, {'<', _} = L | Ts]) -> printed(T, [V, L | Ts], Anno, "", fun list_to_fun/1);
fix_tokens([{'#', Anno} = T, {var, _, 'Port'} = V, {'<', _} = L | Ts]) -> printed(T, [V, L | Ts], Anno, "", fun erlang:list_to_port/1);
fix_tokens([{'#', Anno} = T, {var, _, 'Ref'} = V, {'<', _} = L | Ts]) -> printed(T, [V, L | Ts], Anno, "", fun erlang:list_to_ref/1);
fix_tokens([T | Ts]) -> [T | fix_tokens(Ts)];
fix_tokens([]) -> [].

%% The value of expressions in a text that ends with a full stop and white space.
eval_str(Text) when is_binary(Text) -> eval_str(binary_to_list(Text));
eval_str(Text) when is_list(Text) ->
    case erl_scan:tokens([], Text, 0) of
        {more, _} -> {error, "Incomplete form (missing .<cr>)??"};
        {done, {ok, Tokens, _}, Rest} ->
            case string:trim(Rest, leading, " \t\n\r") of
                [] -> eval_tokens(Tokens);
                _ -> {error, lists:flatten(io_lib:format("Non-white space found after end-of-form :~ts", [Rest]))}
            end;
        {done, {eof, _}, _} -> {error, "Incomplete form (missing .<cr>)??"};
        {done, {error, {_, Module, What}, _}, _} -> said(Module:format_error(What))
    end.

eval_tokens(Tokens) ->
    case erl_parse:parse_exprs(Tokens) of
        {ok, Exprs} ->
            case catch {ok, exprs(Exprs, new_bindings())} of
                {ok, {value, Value, _}} -> {ok, Value};
                Failure -> said(io_lib:format("eval: ~tp", [Failure]))
            end;
        {error, {_, Module, What}} -> said(Module:format_error(What))
    end.

said(Text) -> {error, lists:flatten(io_lib:format("*** ~ts", [Text]))}.

printed(T, Ts, Anno, Before, Read) ->
    Upto = lists:takewhile(fun(X) -> element(1, X) =/= '>' end, Ts),
    try
        Text = Before ++ lists:append([token_text(X) || X <- [T | Upto]]) ++ ">",
        [{value, Anno, Read(Text)} | fix_tokens(tl(lists:nthtail(length(Upto), Ts)))]
    catch
        error:_ -> [T | fix_tokens(Ts)]
    end.

token_text(Token) ->
    case erl_scan:text(Token) of
        undefined -> plain_text(Token);
        Text -> Text
    end.

plain_text({float, _, F}) -> erlang:float_to_list(F, [short]);
plain_text({integer, _, I}) -> integer_to_list(I);
plain_text({Word, _}) -> atom_to_list(Word);
plain_text({_, _, Name}) -> atom_to_list(Name).

%% "#Fun<lists.map.2>"
list_to_fun("#Fun<" ++ Rest) ->
    [M, F, A] = string:split(lists:droplast(Rest), ".", all),
    erlang:make_fun(list_to_existing_atom(M), list_to_existing_atom(F), list_to_integer(A)).

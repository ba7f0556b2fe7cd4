%% Random well-typed programs: prints the source of one module whose functions `seed_N/0` are made from the seeds
%% given, and on standard error how often each form and function occurred.
%%
%%   transom run tests/differential/generate.erl MODULE FIRST LAST > MODULE.erl    (includes run.hrl)
%%
%% Programs end: functions call only functions with a larger number, loops count down. They may raise: an
%% exception is a result like any other. Same seed, same text, on Transom and on Erlang/OTP.
-module(generate).
-export([main/1]).

-define(HELPERS, 3).

main([Module, First, Last]) ->
    From = list_to_integer(First),
    To = list_to_integer(Last),
    Parts = [seed(N) || N <- lists:seq(From, To)],
    io:put_chars([
        "-module(", Module, ").\n",
        "-feature(maybe_expr, enable).\n",
        "-compile([export_all, nowarn_export_all, nowarn_unused_vars, nowarn_unused_function, nowarn_unused_record]).\n",
        "-record(r, {a = 1, b = x, c}).\n",
        "-record(s, {left, right = []}).\n",
        "-include(\"run.hrl\").\n",
        "main(_) -> seeds(?MODULE, ", First, ", ", Last, ").\n",
        Parts
    ]),
    Counts = lists:sort([{K, V} || {{count, K}, V} <- get()]),
    [io:format(standard_error, "~s ~b~n", [K, V]) || {K, V} <- Counts],
    ok.

%% One seed: three helpers and the function itself.
seed(N) ->
    rand:seed(exsss, {N, 17, 4711}),
    put(fresh, 0),
    put(prefix, integer_to_list(N)),
    Helpers = [{I, {[type(1) || _ <- lists:seq(1, pick([1, 2, 3]))], type(2)}} || I <- lists:seq(1, ?HELPERS)],
    Bodies = [helper(N, I, T, [H || {J, _} = H <- Helpers, J > I]) || {I, T} <- Helpers],
    put(helpers, Helpers),
    put(size, 60),
    T = type(2),
    [Bodies, "seed_", integer_to_list(N), "() ->\n    ", body(T, [], 5), ".\n"].

helper(N, I, {Args, Result}, Later) ->
    put(helpers, Later),
    put(size, 30),
    Name = ["h_", integer_to_list(N), "_", integer_to_list(I)],
    case pick([plain, plain, clauses, loop]) of
        plain ->
            count("function"),
            Vars = [{fresh(), T} || T <- Args],
            [Name, "(", commas([V || {V, _} <- Vars]), ") ->\n    ", body(Result, Vars, 4), ".\n"];
        clauses ->
            count("function with clauses"),
            Clause = fun() ->
                {Patterns, Vars} = patterns(Args),
                [Name, "(", commas(Patterns), ")", guard_part(Vars), " ->\n    ", body(Result, Vars, 3)]
            end,
            Last = [{fresh(), T} || T <- Args],
            Cs = [Clause() || _ <- lists:seq(1, pick([1, 2, 3]))],
            [lists:join(";\n", Cs ++ [[Name, "(", commas([V || {V, _} <- Last]), ") ->\n    ", body(Result, Last, 3)]]), ".\n"];
        loop ->
            count("recursive function"),
            Vars = [{fresh(), T} || T <- Args],
            K = fresh(),
            Acc = fresh(),
            Loop = [Name, "_loop"],
            [
                Name, "(", commas([V || {V, _} <- Vars]), ") ->\n    ",
                Loop, "(", integer_to_list(pick([0, 1, 3, 10])), ", ", commas([expr(Result, Vars, 2) | [V || {V, _} <- Vars]]), ").\n",
                Loop, "(0, ", commas([Acc | ["_" || _ <- Vars]]), ") -> ", Acc, ";\n",
                Loop, "(", commas([K, Acc | [V || {V, _} <- Vars]]), ") ->\n    ",
                Loop, "(", K, " - 1, ",
                commas([expr(Result, [{K, int}, {Acc, Result} | Vars], 3) | [V || {V, _} <- Vars]]), ").\n"
            ]
    end.

%% A sequence of matches and then a value.
body(T, Env, D) ->
    case pick([none, one, two]) of
        none -> expr(T, Env, D);
        one -> bind(T, Env, D);
        two -> bind_then(Env, D, fun(E) -> bind(T, E, D) end)
    end.

bind(T, Env, D) -> bind_then(Env, D, fun(E) -> expr(T, E, D) end).

bind_then(Env, D, Then) ->
    T = type(2),
    E = expr(T, Env, D - 1),
    case pick([plain, pattern]) of
        plain ->
            count("match"),
            V = fresh(),
            [V, " = ", E, ",\n    ", Then([{V, T} | Env])];
        pattern ->
            count("match of a pattern"),
            {P, Vars} = pattern(T),
            [P, " = ", E, ",\n    ", Then(Vars ++ Env)]
    end.

%% Types

type(0) -> pick([int, int, float, atom, bool]);
type(D) ->
    case rand:uniform(14) of
        1 -> {list, type(D - 1)};
        2 -> {list, int};
        3 -> {tuple, [type(D - 1) || _ <- lists:seq(1, rand:uniform(3))]};
        4 -> {map, type(0), type(D - 1)};
        5 -> bin;
        6 -> {fn, [type(0)], without_funs(type(D - 1))};
        7 -> string;
        8 -> {rec, type(0)};
        9 -> term;
        _ -> type(0)
    end.

%% Expressions

expr(T, Env, D) ->
    put(size, get(size) - 1),
    case D =< 0 orelse get(size) =< 0 of
        true -> leaf(T, Env);
        false ->
            case rand:uniform(12) of
                1 -> leaf(T, Env);
                2 -> control(T, Env, D);
                3 -> control(T, Env, D);
                4 -> access(T, Env, D);
                5 -> call(T, Env, D);
                _ -> op(T, Env, D)
            end
    end.

leaf(T, Env) ->
    case [V || {V, VT} <- Env, VT =:= T] of
        [] -> literal(T, Env);
        Vs ->
            case rand:uniform(4) of
                1 -> literal(T, Env);
                _ -> pick(Vs)
            end
    end.

literal(int, _) ->
    case rand:uniform(12) of
        1 -> "576460752303423487";
        2 -> "-576460752303423488";
        3 -> "18446744073709551616";
        4 -> "16#7fffffffffffffff";
        5 -> "-1";
        6 -> "340282366920938463463374607431768211455";
        _ -> integer_to_list(rand:uniform(20) - 5)
    end;
literal(float, _) -> pick(["0.0", "1.5", "-2.25", "1.0e10", "3.0e-5", "123456789.125", "1.0e300"]);
literal(atom, _) -> pick(["a", "b", "ok", "undefined", "'hello world'", "error", "'X'"]);
literal(bool, _) -> pick(["true", "false"]);
literal(string, _) -> pick(["\"\"", "\"abc\"", "\"hello\"", "\"\\x{e5}\\x{3b1}\"", "\"z\"", "[$a, $b]"]);
literal(bin, _) -> pick(["<<>>", "<<1, 2, 3>>", "<<\"abc\">>", "<<5:3>>", "<<255, 1:1>>", "<<\"some longer text, longer than sixty-four bytes, so that it is shared\">>"]);
literal(term, Env) -> literal(without_funs(type(1)), Env);
literal({list, int}, _) -> pick(["[]", "[1, 2, 3]", "[3, 1, 2, 3]", "lists:seq(1, 7)"]);
literal({list, T}, Env) -> ["[", commas([literal(T, Env) || _ <- lists:seq(1, rand:uniform(4) - 1)]), "]"];
literal({tuple, Ts}, Env) -> ["{", commas([literal(T, Env) || T <- Ts]), "}"];
literal({map, K, V}, Env) ->
    ["#{", commas([[literal(K, Env), " => ", literal(V, Env)] || _ <- lists:seq(1, rand:uniform(3) - 1)]), "}"];
literal({rec, T}, Env) -> ["#r{c = ", literal(T, Env), "}"];
literal({fn, Args, R}, Env) ->
    count("fun"),
    ["fun(", commas(["_" || _ <- Args]), ") -> ", literal(R, Env), " end"].

%% Forms that give any type.
control(T, Env, D) ->
    case rand:uniform(21) of
        1 ->
            count("case"),
            S = type(2),
            ["case ", expr(S, Env, D - 1), " of\n    ", clauses(S, T, Env, D), "\n    end"];
        2 ->
            count("case"),
            S = type(1),
            ["case ", expr(S, Env, D - 1), " of\n    ", clauses(S, T, Env, D), "\n    end"];
        3 ->
            count("if"),
            ["if ", guard(Env), " -> ", expr(T, Env, D - 1), "; ", guard(Env), " -> ", expr(T, Env, D - 1),
             "; true -> ", expr(T, Env, D - 1), " end"];
        4 -> try_catch(T, Env, D);
        5 -> try_catch(T, Env, D);
        6 ->
            count("block"),
            ["begin ", bind(T, Env, D - 1), " end"];
        7 ->
            count("fun called at once"),
            V = fresh(),
            A = type(1),
            ["(fun(", V, ") -> ", expr(T, [{V, A} | Env], D - 1), " end)(", expr(A, Env, D - 1), ")"];
        8 ->
            count("named fun"),
            {F, N, Acc} = {fresh(), fresh(), fresh()},
            ["(fun ", F, "(0, ", Acc, ") -> ", Acc, "; ", F, "(", N, ", ", Acc, ") -> ", F, "(", N, " - 1, ",
             expr(T, [{N, int}, {Acc, T} | Env], D - 2), ") end)(", integer_to_list(rand:uniform(4)), ", ", expr(T, Env, D - 1), ")"];
        9 ->
            count("process with a reply"),
            {P, R, V} = {fresh(), fresh(), fresh()},
            ["begin ", P, " = self(), ", R, " = make_ref(), spawn(fun() -> ", P, " ! {", R, ", try {value, ", expr(T, Env, D - 1),
             "} catch C", V, ":E", V, " -> {raised, C", V, ", E", V, "} end} end), receive {", R, ", {value, ", V, "}} -> ", V, "; {", R,
             ", {raised, D", V, ", F", V, "}} -> erlang:raise(D", V, ", F", V, ", []) end end"];
        10 ->
            count("message to self"),
            {R, V} = {fresh(), fresh()},
            ["begin ", R, " = make_ref(), self() ! {", R, ", ", expr(T, Env, D - 1), "}, receive {", R, ", ", V, "} when ", guard([{V, T} | Env]),
             " -> ", expr(T, [{V, T} | Env], D - 1), "; {", R, ", ", V, "} -> ", V, " after 1000 -> exit(timeout) end end"];
        11 ->
            count("monitor and exit"),
            {P, R, V} = {fresh(), fresh(), fresh()},
            ["begin {", P, ", ", R, "} = spawn_monitor(fun() -> exit({value, (catch ", expr(T, Env, D - 1), ")}) end), receive {'DOWN', ", R,
             ", process, ", P, ", {value, {'EXIT', _}}} -> ", expr(T, Env, D - 2), "; {'DOWN', ", R, ", process, ", P, ", {value, ", V, "}} -> ", V, " end end"];
        12 -> failure(Env, D);
        13 ->
            count("process dictionary"),
            {K, V} = {pick(["k1", "{k, 2}", "3"]), fresh()},
            ["begin put(", K, ", ", expr(T, Env, D - 1), "), ", V, " = get(", K, "), erase(", K, "), ", expr(T, [{V, T} | Env], D - 2), " end"];
        14 ->
            count("catch"),
            V = fresh(),
            ["case catch ", expr(T, Env, D - 1), " of {'EXIT', _} -> ", expr(T, Env, D - 2), "; ", V, " -> ", V, " end"];
        15 ->
            count("closure"),
            {F, V} = {fresh(), fresh()},
            A = type(0),
            ["begin ", F, " = fun(", V, ") -> ", expr(T, [{V, A} | Env], D - 1), " end, _ = ", F, "(", expr(A, Env, D - 2), "), ",
             F, "(", expr(A, Env, D - 2), ") end"];
        16 ->
            count("maybe"),
            {S, V} = {type(1), fresh()},
            {P, Vars} = pattern(S),
            Else = case rand:uniform(2) of
                1 -> "";
                2 -> [" else ", clauses(S, T, Env, D - 1)]
            end,
            ["case maybe {ok, ", V, "} ?= {", pick(["ok", "ok", "no"]), ", ", expr(S, Env, D - 1), "}, ", P, " ?= ", V, ", {done, ",
             expr(T, Vars ++ [{V, S} | Env], D - 1), "}", Else, " end of {done, ", V, "_} -> ", V, "_; _ -> ", expr(T, Env, D - 2), " end"];
        17 ->
            count("exit signal"),
            {P, V, R} = {fresh(), fresh(), fresh()},
            ["begin process_flag(trap_exit, true), ", P, " = spawn_link(fun() -> try ", expr(T, Env, D - 1), " of ", V, "_ -> exit({value, ", V,
             "_}) catch _:", R, " -> exit({", R, ", raised}) end end), receive {'EXIT', ", P, ", {value, ", V, "}} -> ", V, "; {'EXIT', ", P, ", {", V, ", _}} -> put(ended, ", V, "), ", expr(T, Env, D - 2),
             "; {'EXIT', ", P, ", _} -> ", expr(T, Env, D - 2), " end end"];
        18 ->
            count("receive with a timeout"),
            {V, M} = {fresh(), fresh()},
            ["begin self() ! {kept, ", expr(T, Env, D - 2), "}, ", V, " = receive {other, ", M, "} when is_integer(", M, ") -> ", expr(T, Env, D - 2),
             " after ", pick(["0", "1", "length([x]) - 1"]), " -> receive {kept, ", M, "} -> ", M, " after 0 -> ", expr(T, Env, D - 2), " end end, ", V, " end"];
        19 ->
            count("try after in try after"),
            ["try try ", expr(T, Env, D - 1), " after put(inner, ", expr(type(0), Env, D - 2), ") end after put(outer, get(inner)) end"];
        20 ->
            count("named fun as a value"),
            {F, N, X} = {fresh(), fresh(), fresh()},
            ["begin ", F, " = fun ", F, "_(0) -> fun() -> ", expr(T, Env, D - 1), " end; ", F, "_(", N, ") when ", N, " > 2 -> fun() -> (", F, "_(0))() end; ",
             F, "_(", N, ") -> ", X, " = ", F, "_, fun() -> (", X, "(", N, " + 2))() end end, (", F, "(", pick(["0", "1", "2", "3"]), "))() end"];
        21 ->
            count("call with arguments that do something"),
            {A, B} = {fresh(), fresh()},
            ["(fun(", A, ", ", B, ") -> _ = ", A, ", ", B, " end)(put(order, {first, get(order)}), begin put(order, {second, get(order)}), ",
             expr(T, Env, D - 1), " end)"]
    end.

clauses(S, T, Env, D) ->
    Clause = fun() ->
        {P, Vars} = pattern(S),
        [P, guard_part(Vars ++ Env), " -> ", expr(T, Vars ++ Env, D - 1), ";\n    "]
    end,
    [[Clause() || _ <- lists:seq(1, rand:uniform(3))],
     case rand:uniform(6) of
         1 -> ["{no, match} -> ", expr(T, Env, D - 1)];
         _ -> ["_ -> ", expr(T, Env, D - 1)]
     end].

try_catch(T, Env, D) ->
    count("try"),
    C = fresh(),
    E = fresh(),
    Handler = pick([
        ["_:_ -> ", expr(T, Env, D - 1)],
        ["error:_ -> ", expr(T, Env, D - 1), "; throw:_ -> ", expr(T, Env, D - 1), "; exit:_ -> ", expr(T, Env, D - 1)],
        ["error:badarith -> ", expr(T, Env, D - 1), "; ", C, ":", E, " -> put({seen, ", C, "}, ", E, "), ", expr(T, Env, D - 1)],
        ["throw:{t, ", E, "} -> put(thrown, ", E, "), ", expr(T, Env, D - 1)]
    ]),
    Of = case rand:uniform(3) of
        1 -> ["of ", clauses(T, T, Env, D - 1)];
        _ -> []
    end,
    After = case rand:uniform(4) of
        1 -> count("after"), [" after put(after_ran, ", expr(type(1), Env, D - 2), ")"];
        _ -> []
    end,
    ["try ", expr(T, Env, D - 1), " ", Of, " catch ", Handler, After, " end"].

failure(Env, D) ->
    count("failure"),
    pick([
        ["error(", expr(type(1), Env, D - 2), ")"],
        ["throw({t, ", expr(type(1), Env, D - 2), "})"],
        ["exit(", expr(type(1), Env, D - 2), ")"],
        ["hd(tl([", expr(int, Env, D - 2), "]))"],
        ["element(", expr(int, Env, D - 2), ", ", expr({tuple, [int, int]}, Env, D - 2), ")"],
        ["({yes, _} = ", expr(type(1), Env, D - 2), ")"],
        ["map_get(nokey, ", expr({map, atom, int}, Env, D - 2), ")"],
        ["(element(1, {", expr(atom, Env, D - 2), "}))()"]
    ]).

%% Taking a value out of something.
access(T, Env, D) ->
    case rand:uniform(9) of
        1 -> count("element/2"), ["element(2, {", expr(type(1), Env, D - 2), ", ", expr(T, Env, D - 1), "})"];
        2 -> count("hd/1"), ["hd([", expr(T, Env, D - 1), " | ", expr({list, T}, Env, D - 1), "])"];
        3 -> count("map_get/2"), ["map_get(", "key, (", expr({map, atom, T}, Env, D - 2), ")#{key => ", expr(T, Env, D - 1), "})"];
        4 -> count("maps:get/3"), ["maps:get(", expr(atom, Env, D - 2), ", ", expr({map, atom, T}, Env, D - 1), ", ", expr(T, Env, D - 2), ")"];
        5 -> count("record field"), ["(", expr({rec, T}, Env, D - 1), ")#r.c"];
        6 -> count("fun call"), A = type(0), ["(", expr({fn, [A], T}, Env, D - 1), ")(", expr(A, Env, D - 1), ")"];
        7 -> count("lists:foldl/3"),
            {X, A, E} = {fresh(), fresh(), type(0)},
            ["lists:foldl(fun(", X, ", ", A, ") -> ", expr(T, [{X, E}, {A, T} | Env], D - 2), " end, ", expr(T, Env, D - 2), ", ", expr({list, E}, Env, D - 1), ")"];
        8 -> count("lists:last/1"), ["lists:last(", expr({list, T}, Env, D - 1), ")"];
        9 -> count("maps:fold/3"),
            {K, V, A, KT, VT} = {fresh(), fresh(), fresh(), type(0), type(0)},
            ["maps:fold(fun(", K, ", ", V, ", ", A, ") -> ", expr(T, [{K, KT}, {V, VT}, {A, T} | Env], D - 3), " end, ", expr(T, Env, D - 2), ", ",
             %% Of a large map the order is not defined.
             "maps:from_list(lists:sublist(lists:sort(maps:to_list(", expr({map, KT, VT}, Env, D - 2), ")), 20)))"]
    end.

call(T, Env, D) ->
    case [H || {_, {_, R}} = H <- get(helpers), R =:= T] of
        [] -> op(T, Env, D);
        Hs ->
            {I, {Args, _}} = pick(Hs),
            count("local call"),
            ["h_", get(prefix), "_", integer_to_list(I), "(", commas([expr(A, Env, D - 1) || A <- Args]), ")"]
    end.

op(int, Env, D) ->
    E = fun(T) -> expr(T, Env, D - 1) end,
    case rand:uniform(22) of
        1 -> named("+", ["(", E(int), " + ", E(int), ")"]);
        2 -> named("-", ["(", E(int), " - ", E(int), ")"]);
        3 -> named("*", ["(", E(int), " * ", E(int), ")"]);
        4 -> named("div", ["(", E(int), " div ", E(int), ")"]);
        5 -> named("rem", ["(", E(int), " rem ", E(int), ")"]);
        6 -> named("band", ["(", E(int), " band ", E(int), ")"]);
        7 -> named("bor", ["(", E(int), " bor ", E(int), ")"]);
        8 -> named("bxor", ["(", E(int), " bxor ", E(int), ")"]);
        9 -> named("bsl", ["(", E(int), " bsl (", E(int), " band 63))"]);
        10 -> named("bsr", ["(", E(int), " bsr (", E(int), " band 63))"]);
        11 -> named("bnot", ["(bnot ", E(int), ")"]);
        12 -> named("length/1", ["length(", E({list, type(0)}), ")"]);
        13 -> named("byte_size/1", ["byte_size(", E(bin), ")"]);
        14 -> named("bit_size/1", ["bit_size(", E(bin), ")"]);
        15 -> named("map_size/1", ["map_size(", E({map, int, type(0)}), ")"]);
        16 -> named("lists:sum/1", ["lists:sum(", E({list, int}), ")"]);
        17 -> named("trunc/1", ["trunc(", E(float), ")"]);
        18 -> named("round/1", ["round(", E(float), ")"]);
        19 -> named("phash2/1", ["erlang:phash2(", E(pick([string, int, bin, float, {map, atom, int}, {rec, bin}, {tuple, [atom, int]}])), ")"]);
        20 -> named("max/2", ["max(", E(int), ", ", E(int), ")"]);
        21 -> named("abs/1", ["abs(", E(int), ")"]);
        22 -> named("list_to_integer/1", ["list_to_integer(integer_to_list(", E(int), "))"])
    end;
op(float, Env, D) ->
    E = fun(T) -> expr(T, Env, D - 1) end,
    case rand:uniform(8) of
        1 -> named("float +", ["(", E(float), " + ", E(float), ")"]);
        2 -> named("float *", ["(", E(float), " * ", E(float), " + 0.0)"]);
        3 -> named("/", ["(", E(int), " / ", E(int), " + 0.0)"]);
        4 -> named("float -", ["(", E(float), " - ", E(int), " * 1.0)"]);
        5 -> named("float/1", ["float(", E(int), ")"]);
        6 -> named("math:sqrt/1", ["math:sqrt(abs(", E(float), "))"]);
        %% Not of 0.0, whose sign differs between releases.
        7 -> named("unary -", ["(- max(0.5, ", E(float), "))"]);
        8 ->
            V = fresh(),
            named("float segment", ["(fun(<<", V, ":64/float>>) -> ", V, " end)(<<(", E(float), "):64/float>>)"])
    end;
op(atom, Env, D) ->
    E = fun(T) -> expr(T, Env, D - 1) end,
    case rand:uniform(4) of
        1 -> named("list_to_atom/1", ["list_to_atom(atom_to_list(", E(atom), "))"]);
        2 -> named("binary_to_atom/1", ["binary_to_atom(atom_to_binary(", E(atom), "))"]);
        3 -> named("record field", ["(", E({rec, int}), ")#r.b"]);
        4 -> named("min/2", ["min(", E(atom), ", ", E(atom), ")"])
    end;
op(bool, Env, D) ->
    E = fun(T) -> expr(T, Env, D - 1) end,
    T = without_funs(type(2)),
    case rand:uniform(10) of
        1 -> named("=:=", ["(", E(T), " =:= ", E(T), ")"]);
        2 -> named("==", ["(", E(term), " == ", E(term), ")"]);
        3 -> named("<", ["(", E(term), " < ", E(term), ")"]);
        4 -> named(">=", ["(", E(T), " >= ", E(T), ")"]);
        5 -> named("andalso", ["(", E(bool), " andalso ", E(bool), ")"]);
        6 -> named("orelse", ["(", E(bool), " orelse ", E(bool), ")"]);
        7 -> named("not", ["(not ", E(bool), ")"]);
        8 -> named("and or xor", ["(", E(bool), pick([" and ", " or ", " xor "]), E(bool), ")"]);
        9 -> named("type test", [pick(["is_atom", "is_list", "is_integer", "is_map", "is_tuple", "is_binary", "is_function", "is_float"]), "(", E(term), ")"]);
        10 -> named("lists:member/2", ["lists:member(", E(int), ", ", E({list, int}), ")"])
    end;
op(string, Env, D) ->
    E = fun(T) -> expr(T, Env, D - 1) end,
    case rand:uniform(7) of
        1 -> named("++", ["(", E(string), " ++ ", E(string), ")"]);
        2 -> named("integer_to_list/2", ["integer_to_list(", E(int), ", 16)"]);
        3 -> named("lists:reverse/1", ["lists:reverse(", E(string), ")"]);
        4 -> named("io_lib:format ~p", ["lists:flatten(io_lib:format(\"~p\", [", E(printable()), "]))"]);
        5 -> named("io_lib:format ~w", ["lists:flatten(io_lib:format(\"~w|~5w|~-3w\", [", E(int), ", ", E(atom), ", ", E(atom), "]))"]);
        6 -> named("string:uppercase/1", ["string:uppercase(", E(string), ")"]);
        7 -> named("unicode:characters_to_list/1", ["unicode:characters_to_list(unicode:characters_to_binary(", E(string), "))"])
    end;
op(bin, Env, D) ->
    E = fun(T) -> expr(T, Env, D - 1) end,
    case rand:uniform(17) of
        1 -> named("integer segment", ["<<(", E(int), "):", pick(["8", "16", "32/little", "24/signed", "7", "64", "100"]), ">>"]);
        2 -> named("binary segments", ["<<(", E(bin), ")/bitstring, (", E(bin), ")/bitstring>>"]);
        3 -> named("term_to_binary/1", ["binary_to_term(term_to_binary(", E(bin), "))"]);
        4 ->
            X = fresh(),
            named("list_to_binary/1", ["list_to_binary([", X, " band 255 || ", X, " <- ", E({list, int}), "])"]);
        5 ->
            X = fresh(),
            named("binary comprehension", ["<< <<(", X, " + 1):", pick(["8", "16", "5"]), ">> || <<", X, ":", pick(["8", "4", "3"]), ">> <= ", E(bin), " >>"]);
        6 -> named("integer_to_binary/1", ["integer_to_binary(", E(int), ")"]);
        7 -> named("unicode:characters_to_binary/1", ["unicode:characters_to_binary(", E(string), ")"]);
        8 -> named("utf8 segment", ["<<(", integer_to_list(rand:uniform(16#d7ff)), ")/utf8, (", E(bin), ")/bitstring>>"]);
        9 ->
            {A, R} = {fresh(), fresh()},
            named("binary match", ["case ", E(bin), " of <<", A, ":", pick(["8", "3", "16"]), ", ", R, "/bitstring>> -> <<", R, "/bitstring, ", A, ":",
                pick(["8", "12"]), ">>; ", R, " -> ", R, " end"]);
        10 ->
            {N, L} = {fresh(), fresh()},
            named("sized match", ["case ", E(bin), " of <<", N, ":4, ", L, ":", N, "/bits, _/bits>> -> ", L, "; ", L, " -> ", L, " end"]);
        11 ->
            {X, A} = {fresh(), fresh()},
            named("binary append", ["lists:foldl(fun(", X, ", ", A, ") -> <<", A, "/bitstring, ", X, ":8>> end, ", E(bin), ", ", E({list, int}), ")"]);
        12 -> named("iolist_to_binary/1", ["iolist_to_binary([\"x\", [", "<<(", E(int), "):16>>]])"]);
        13 ->
            {X, N} = {fresh(), fresh()},
            named("binary comprehension with computed sizes", ["<< <<", X, ":(", N, " + 1)>> || ", X, " <- ", E({list, int}), ", ", N, " <- ",
                pick(["[1, 7, 12]", "lists:seq(0, 3)", ["[(", E(int), ") band 31]"]]), " >>"]);
        14 -> named("utf16 and utf32 segments", ["<<(", integer_to_list(rand:uniform(16#d7ff)), ")/", pick(["utf16", "utf16-little", "utf32"]), ", (",
                integer_to_list(16#10000 + rand:uniform(16#ffff)), ")/", pick(["utf8", "utf16", "utf32-little"]), ">>"]);
        15 ->
            {C, R} = {fresh(), fresh()},
            named("utf match", ["case ", E(bin), " of <<", C, "/", pick(["utf8", "utf16", "utf32"]), ", ", R, "/bits>> -> <<", R, "/bits, ", C,
                ":24>>; ", R, " -> ", R, " end"]);
        16 ->
            {N, L, R} = {fresh(), fresh(), fresh()},
            named("match with a computed size", ["case ", E(bin), " of <<", N, ":3, ", L, ":(", N, " * 2 + 1)/bits, ", R, "/bits>> -> <<", R, "/bits, ", L,
                "/bits>>; ", L, " -> ", L, " end"]);
        17 ->
            X = fresh(),
            named("segments of a list", ["<< <<(", X, " band 16#ffff):", pick(["16/little", "12", "24/signed-little", "3/unit:7"]), ">> || ", X, " <- ",
                E({list, int}), " >>"])
    end;
op({list, T}, Env, D) ->
    E = fun(X) -> expr(X, Env, D - 1) end,
    case rand:uniform(11) of
        1 -> named("cons", ["[", E(T), " | ", E({list, T}), "]"]);
        2 -> named("++", ["(", E({list, T}), " ++ ", E({list, T}), ")"]);
        3 -> named("--", ["(", E({list, T}), " -- ", E({list, T}), ")"]);
        4 -> named("lists:reverse/1", ["lists:reverse(", E({list, T}), ")"]);
        5 -> named("lists:sort/1", ["lists:sort(", E({list, without_funs(T)}), ")"]);
        6 ->
            {X, S} = {fresh(), type(1)},
            Env1 = [{X, S} | Env],
            named("list comprehension", ["[", expr(T, Env1, D - 2), " || ", X, " <- ", E({list, S}), ", ", expr(bool, Env1, D - 2), "]"]);
        7 ->
            {X, S} = {fresh(), type(0)},
            named("lists:map/2", ["lists:map(fun(", X, ") -> ", expr(T, [{X, S} | Env], D - 2), " end, ", E({list, S}), ")"]);
        8 ->
            X = fresh(),
            named("lists:filter/2", ["lists:filter(fun(", X, ") -> ", expr(bool, [{X, T} | Env], D - 2), " end, ", E({list, T}), ")"]);
        9 -> named("maps:values/1", ["lists:sort(maps:values(", E({map, int, T}), "))"]);
        10 ->
            {X, Y, S} = {fresh(), fresh(), type(0)},
            Env1 = [{X, S}, {Y, int} | Env],
            named("two generators", ["[", expr(T, Env1, D - 2), " || ", X, " <- ", E({list, S}), ", ", Y, " <- [1, 2]]"]);
        11 ->
            {P, Vars} = pattern(S2 = type(1)),
            named("filtering generator", ["[", expr(T, Vars ++ Env, D - 2), " || ", P, " <- ", E({list, S2}), "]"])
    end;
op({tuple, Ts}, Env, D) ->
    case rand:uniform(4) of
        1 ->
            I = rand:uniform(length(Ts)),
            named("setelement/3", ["setelement(", integer_to_list(I), ", ", expr({tuple, Ts}, Env, D - 1), ", ", expr(lists:nth(I, Ts), Env, D - 1), ")"]);
        2 -> named("list_to_tuple/1", ["list_to_tuple([", commas([expr(T, Env, D - 1) || T <- Ts]), "])"]);
        _ -> named("tuple", ["{", commas([expr(T, Env, D - 1) || T <- Ts]), "}"])
    end;
op({map, K, V}, Env, D) ->
    E = fun(X) -> expr(X, Env, D - 1) end,
    case rand:uniform(9) of
        1 -> named("map", ["#{", E(K), " => ", E(V), "}"]);
        2 -> named("map update", ["(", E({map, K, V}), ")#{", E(K), " => ", E(V), "}"]);
        3 -> named("maps:put/3", ["maps:put(", E(K), ", ", E(V), ", ", E({map, K, V}), ")"]);
        4 -> named("maps:remove/2", ["maps:remove(", E(K), ", ", E({map, K, V}), ")"]);
        5 -> named("maps:merge/2", ["maps:merge(", E({map, K, V}), ", ", E({map, K, V}), ")"]);
        6 ->
            X = fresh(),
            named("maps:map/2", ["maps:map(fun(_, ", X, ") -> ", expr(V, [{X, V} | Env], D - 2), " end, ", E({map, K, V}), ")"]);
        7 -> named("maps:from_list/1", ["maps:from_list([{", E(K), ", ", E(V), "}, {", E(K), ", ", E(V), "}])"]);
        8 when K =:= int ->
            X = fresh(),
            named("large map", ["maps:from_list([{", X, ", ", expr(V, [{X, int} | Env], D - 2), "} || ", X, " <- lists:seq(1, ", pick(["33", "40", "100"]), ")])"]);
        8 -> named("map", ["#{", E(K), " => ", E(V), "}"]);
        9 ->
            %% The value is used, since the reference's compiler drops an unused update together with its badkey.
            X = fresh(),
            named("exact map update", ["begin ", X, " = (", E({map, K, V}), ")#{", E(K), " := ", E(V), "}, put(used, ", X, "), ", X, " end"])
    end;
op({rec, T}, Env, D) ->
    case rand:uniform(5) of
        1 -> named("record update", ["(", expr({rec, T}, Env, D - 1), ")#r{a = ", expr(int, Env, D - 2), "}"]);
        2 -> named("record update", ["(", expr({rec, T}, Env, D - 1), ")#r{c = ", expr(T, Env, D - 2), "}"]);
        3 -> named("record", ["#r{a = ", expr(int, Env, D - 2), ", c = ", expr(T, Env, D - 1), "}"]);
        4 ->
            named("nested record update", ["((", expr({rec, T}, Env, D - 1), ")#r{b = ", expr(atom, Env, D - 2), "})#r{a = (#r{})#r.a + ",
                expr(int, Env, D - 2), ", c = ", expr(T, Env, D - 2), "}"]);
        5 -> named("record with a wildcard", ["(#r{_ = ", expr(T, Env, D - 2), "})#r{a = ", expr(int, Env, D - 2), ", b = ", expr(atom, Env, D - 2), "}"])
    end;
op({fn, Args, R}, Env, D) ->
    Vars = [{fresh(), A} || A <- Args],
    case rand:uniform(3) of
        1 ->
            {Ps, PVars} = patterns(Args),
            named("fun with clauses", ["fun(", commas(Ps), ")", guard_part(PVars ++ Env), " -> ", expr(R, PVars ++ Env, D - 1), "; (",
                commas([V || {V, _} <- Vars]), ") -> ", expr(R, Vars ++ Env, D - 1), " end"]);
        _ -> named("fun", ["fun(", commas([V || {V, _} <- Vars]), ") -> ", expr(R, Vars ++ Env, D - 1), " end"])
    end;
op(term, Env, D) ->
    T = type(1),
    case rand:uniform(4) of
        1 -> named("lists:max/1", ["lists:max([", expr(term, Env, D - 1), ", ", expr(term, Env, D - 1), "])"]);
        2 -> named("lists:usort/1", ["lists:usort([", expr(term, Env, D - 1), ", ", expr(term, Env, D - 1), ", ", expr(term, Env, D - 1), "])"]);
        _ -> expr(case T of {fn, _, _} -> int; _ -> T end, Env, D - 1)
    end.

%% The order of different funs is not defined.
without_funs({fn, _, _}) -> int;
without_funs({list, T}) -> {list, without_funs(T)};
without_funs({tuple, Ts}) -> {tuple, [without_funs(T) || T <- Ts]};
without_funs({map, K, V}) -> {map, K, without_funs(V)};
without_funs({rec, T}) -> {rec, without_funs(T)};
without_funs(T) -> T.

%% What prints the same everywhere: no funs (their numbers differ), no large maps (their order differs).
printable() ->
    pick([int, float, atom, string, bin, {rec, bin}, {tuple, [atom, string, bin]}, {list, {tuple, [atom, float]}}, {list, {list, string}}, {rec, {rec, {tuple, [int, string]}}}]).

%% Patterns: text and the variables they bind.

patterns(Ts) ->
    Ps = [pattern(T) || T <- Ts],
    {[P || {P, _} <- Ps], lists:append([Vs || {_, Vs} <- Ps])}.

pattern(T) ->
    case rand:uniform(4) of
        1 -> {"_", []};
        2 -> V = fresh(), {V, [{V, T}]};
        _ -> shape(T)
    end.

shape(int) -> {pick(["0", "1", "2", "18446744073709551616", "$a"]), []};
shape(float) -> {pick(["1.5", "2.0e10"]), []};
shape(atom) -> {pick(["a", "b", "ok"]), []};
shape(bool) -> {pick(["true", "false"]), []};
shape(string) ->
    count("string pattern"),
    V = fresh(),
    pick([{"\"abc\"", []}, {["\"a\" ++ ", V], [{V, string}]}, {"[]", []}]);
shape(bin) ->
    count("binary pattern"),
    {V, W} = {fresh(), fresh()},
    pick([
        {["<<", V, ":8, ", W, "/bitstring>>"], [{V, int}, {W, bin}]},
        {["<<", V, ":16/little-signed, _/bits>>"], [{V, int}]},
        {["<<", V, ":2/binary, ", W, "/binary>>"], [{V, bin}, {W, bin}]},
        {"<<>>", []},
        {["<<\"a\", ", V, "/bits>>"], [{V, bin}]},
        {["<<", V, "/utf8, ", W, "/bits>>"], [{V, int}, {W, bin}]},
        {["<<", V, ":3, ", W, ":", V, ", _/bits>>"], [{V, int}, {W, int}]}
    ]);
shape({list, T}) ->
    count("list pattern"),
    {P, Vs} = pattern(T),
    V = fresh(),
    pick([{"[]", []}, {["[", P, " | ", V, "]"], Vs ++ [{V, {list, T}}]}, {["[", P, "]"], Vs}, {["[_, ", P, " | _]"], Vs}]);
shape({tuple, Ts}) ->
    count("tuple pattern"),
    {Ps, Vs} = patterns(Ts),
    {["{", commas(Ps), "}"], Vs};
shape({map, K, V}) ->
    count("map pattern"),
    {P, Vs} = pattern(V),
    Key = case K of
        {tuple, _} -> "1";
        _ -> literal(K, [])
    end,
    {["#{", Key, " := ", P, "}"], Vs};
shape({rec, T}) ->
    count("record pattern"),
    {P, Vs} = pattern(T),
    V = fresh(),
    {["#r{a = ", V, ", c = ", P, "}"], [{V, int} | Vs]};
shape({fn, _, _}) -> {"_", []};
shape(term) -> shape(type(1)).

%% Guards: never with calls of our own, may fail.

guard_part(Env) ->
    case rand:uniform(3) of
        1 -> count("guard"), [" when ", guard(Env)];
        _ -> []
    end.

guard(Env) ->
    case rand:uniform(4) of
        1 -> count("guard ;"), [test(Env), "; ", test(Env)];
        2 -> count("guard ,"), [test(Env), ", ", test(Env)];
        _ -> test(Env)
    end.

test(Env) ->
    case rand:uniform(9) of
        1 -> [value(Env), " < ", value(Env)];
        2 -> [value(Env), " =:= ", value(Env)];
        3 -> [pick(["is_integer", "is_list", "is_atom", "is_tuple", "is_map", "is_binary", "is_number", "is_boolean"]), "(", value(Env), ")"];
        4 -> ["hd(", value(Env), ") > ", value(Env)];
        5 -> ["element(1, ", value(Env), ") == ", value(Env)];
        6 -> ["(", value(Env), " + ", value(Env), ") > 3"];
        7 -> ["map_size(", value(Env), ") >= 1 orelse ", value(Env), " == a"];
        8 -> ["length(", value(Env), ") > 1 andalso ", value(Env), " /= 2"];
        9 -> ["not (", value(Env), " >= ", value(Env), ")"]
    end.

value([]) -> pick(["1", "a", "[]", "2.5"]);
value(Env) ->
    case rand:uniform(3) of
        1 -> pick(["1", "a", "[]", "2.0", "{}", "7"]);
        _ -> {V, _} = pick(Env), V
    end.

%% Small things

named(What, Text) -> count(What), Text.

count(What) -> put({count, What}, case get({count, What}) of undefined -> 1; N -> N + 1 end).

pick(L) -> lists:nth(rand:uniform(length(L)), L).

commas(L) -> lists:join(", ", L).

fresh() ->
    N = get(fresh) + 1,
    put(fresh, N),
    "V" ++ integer_to_list(N).

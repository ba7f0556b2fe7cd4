-module(exprs).
-compile(export_all).
-record(r, {a, b}).
-define(M, m).
-define(CALL(F, A), ?M:F(A)).
-define(SHOW(X), {??X, X}).
f(X) -> - - X, 1 + catch f(2) + 2.
maps(X) -> #{a => 1}#{b := 2, c => X}, #{}, X#{}.
records(X) -> X#r{a=1}#r.b, #r{a=1,_=2}, #r.a, X#r.a, #r{}.
calls(A) -> m:f(A), A:f(), A(1), (fun() -> ok end)(), f(1,2), m:A(x), ?CALL(foo, bar).
lists(T) -> [1,2|T], [], [a], [[b]], [1|[2|[3]]], "a" "b" "c", [T || T <- [1,2], T > 1, _ <- []].
bins(X) -> <<X:8/integer-unit:8, "a">>, <<>>, <<1, 2:3, X/binary>>, << <<Y>> || <<Y:4>> <= X >>, <<-1:8/signed-little>>, <<(X+1)/utf8>>.
tries(X) ->
    try a catch X:Y:Z -> {Y, Z}; c -> d; error:#r{a=1} -> x; exit:{a, [B|_]} when B > 1 -> y; _:_ -> z after ok, X end,
    try X of 1 -> one; _ when X > 1; X < 0, true -> other after done end,
    try X, y catch throw:_ -> ok end.
funs(X) -> fun F(0) when X > 1; X < 2 -> 1; F(N) -> F(N - 1) end, fun(_, A) -> A end, fun f/1, fun m:f/1, fun X:X/X.
blocks(X) -> case X of {a} when true -> b; [c|_] = D -> D end, begin a, b end, if X -> b; true -> c end.
recv(P) -> receive a -> b; {P, c} -> d after 1 -> c end, receive x -> y end, receive after 10 -> ok end, P ! a ! b.
ops(A, B) -> not A == B, A andalso B orelse A, A = B = c, A ++ B ++ [c] -- d, A + B * 2 - 3 div 4 rem 5, bnot A band B bor 1 bsl 2,
    A =:= B, A =/= B, A /= B, A =< B, A >= B, A < B, A > B, (A + B) * 2, A xor B, A and B or A, {A = 1, B}, catch A, -1.5e3, +A.
literals() -> [a, 'hello world', 1_000, 16#ff, 2#1010, $a, $\n, $\s, $\x41, 1.5, 1.0e10, "str\n\x{263a}", "", 123456789012345678901234567890].
guards(X) when is_atom(X), X =/= a; is_list(X), length(X) > 1; X#r.a == 1 -> ?LINE, ?FUNCTION_NAME, ?FUNCTION_ARITY, ?MODULE, ?FILE;
guards(_) -> ?SHOW(foo(1, 2) + [a, "b"]).
-ifdef(NOTHERE).
skipped() -> 1.
-else.
'odd name'() -> ok.
-endif.

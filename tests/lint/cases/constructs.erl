-module(constructs).
-compile(export_all).
a(B) -> << <<X:N>> || <<N:8, X:N>> <= B >>.
b(B) -> [X || <<N:8, X:(N * 8)/binary>> <= B].
c(B) -> [X || <<N, X:M>> <= B].
d(<<N, X:N, Y:X>>) -> Y.
e(<<X:Y, Y>>) -> X.
f(N) -> fun(<<N:8, X:N>>) -> X end.
h(<<"abc"/utf8, X/utf8, _/binary>>) -> X.
i(<<X:8/float>>) -> X.
j(X) -> <<X:8/float>>.
k(<<X:(1 + a)>>) -> X.
l(<<X:a>>) -> X.
m(<<X:(f())>>) -> X.
n(<<X:(length([1]))>>) -> X.
o(<<"a":1>>) -> ok.
p(X) -> <<"abc":X>>.
q(X) -> <<(a):8, (1.0)/integer, ("x")/binary>>.
r(X) -> <<1.5:8, a/binary, 1/float, "é"/utf16, -1:4>>.
s(<<-1>>) -> ok.
t(<<(1 + 1)>>) -> ok.
u(<<1.5>>) -> ok.
v(<<a>>) -> ok.
w(<<X, X>>) -> X.
x(X, <<X:X>>) -> X.
y(<<X:8, _:X/binary, X>>) -> X.
z(M, K) -> case M of #{K := V, K := V} -> V; #{{a, K} := W} -> W; #{K + 1 := U} -> U; #{K => 1} -> x end.
aa(#{K := V}) -> V.
ab(K, #{K := V}) -> V.
ac(#{a := 1, a := 2}) -> ok.
ad() -> #{a => 1, a => 2}.
ae(M) -> M#{a := 1, a => 2}.
af() -> #{a := 1}.
ag(M) when M#{a => 1} =:= #{} -> ok.
ah(M) when map_get(a, M), is_map_key(b, M), M =:= #{c => 1} -> ok.
ai(M) -> #{X := Y} = M.
aj(#{1.0 := X, 1 := Y, "s" := Z, <<"b">> := W, #{} := V, {a, b} := U}) -> {X, Y, Z, W, V, U}.
ak(#{<<X>> := Y}) -> Y.
al(#{f() := Y}) -> Y.
am(#{_ := Y}) -> Y.
an([#{a := X} | T], X) -> T.
ao(X) -> [try Y of 1 -> a; _ -> b catch _:_ -> c after Z = 1 end || Y <- X].
ap(X) -> try X of A -> A after A end.
aq(X) -> try A = X catch _:_ -> A end.
ar(X) -> try A = X, A of B -> A catch _:B -> B end.
as(X) -> try X catch C:R:S -> {C, R, S} after C end.
at(X) -> try X catch _:_:S when S =:= [] -> ok end.
au(X) -> try X catch _:X:X -> ok end.
av(S) -> try ok catch _:_:S -> ok end.
aw(X) -> case X of 1 -> A = 1; 2 -> B = 2 end, {A, B}.
ax(X) -> X andalso (A = 1), A.
ay(X) -> (A = X) andalso A.
az(X) -> (A = X) orelse (B = A), {A, B}.
ba(X) -> if X -> A = 1; true -> A = 2 end, A.
bb(X) -> receive X -> A = 1 after 0 -> A = 2 end, A.
bc(X) -> receive X -> A = 1 after B = 0 -> ok end, {A, B}.
bd(X) -> catch (A = X), A.
be(X) -> F = fun() -> A = X end, F(), A.
bf(X) -> [A || A <- X], A.
bg(X) -> [B = A || A <- X], B.
bh(X) -> {A = 1, A}, A.
bi(X) -> {A = X, A = X}.
bj(X) -> f(A = X, A).
bk(A) -> fun(A) -> A end.
bl(A) -> [A || A <- [1]].
bm(A) -> <<A:A>> = <<1>>.
bn() -> fun F(F) -> F end.
bo(X) -> case X of {A, _} when A > 1 -> ok; {_, A} -> A end, A.
bp(X) -> begin A = X end, A.
bq(X) -> case A = X of _ -> A end.
br(X) -> maybe_ok(X), 1 = X = Y, Y.
bs([X | Y] = [Z | Z] = X) -> {X, Y, Z}.
bt("abc" ++ X) -> X.
bu([a, b] ++ X) -> X.
bv(X ++ "abc") -> X.
bw(1 + 2) -> ok.
bx(-1, - 1, +1, bnot 1) -> ok.
by(X + 1) -> X.

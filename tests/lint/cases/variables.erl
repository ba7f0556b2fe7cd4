-module(variables).
-compile(export_all).
-record(r, {a, b}).
-record(w, {a = #w.b}).
v(R) -> R#r.a#r.b, (R)#r.a, #r{}#r.c.
a(X) -> fun G(G) -> G end, fun X() -> X() end, fun Y() -> ok end, fun Z(Z) -> ok end, fun _() -> 1 end, fun _() -> _() end.
b(X) -> fun(_, _) -> X end, [X || _ <- X, X <- X], [[X || X <- [1]] || X <- [X]].
c(#{X := 1}) -> X; c(#{1 := X, X := Y}) -> Y; c({X, #{X := Y}}) -> Y.
d(X) -> #{X := Y} = X, #{Y := Z, Z := 1} = X, Y.
e(<<X:8, Y:X>>) -> Y; e({X, <<Y:X>>}) -> Y; e([<<A:8>>, <<B:A>>]) -> B.
f(X) -> [ok || {Y, Z} <- X, <<A:Y>> <= Z], [B || <<B:C>> <= X, C <- [1]].
g(X) -> receive X when X > 1; Y -> X; {X, Y} -> Y after X -> Y end.
h(F) -> F(X = 1, Y = X), X, Y.
i() -> X = X, Y = {Z, Z = 1}, {Y, Z}.
j() -> [X = 1 | X], {A = 1, [A]}, A.
k(A) -> B = case A of 1 -> C = 2, C; _ -> D = 3, D end, {B, C, D}.
l(A) -> if A > 1 -> B = 1; true -> B = 2 end, B.
m(_A, _B) -> _A, _C = 1, _C, fun(_D) -> _D end.
n() -> __ = 1, __, _ = 1.
o(A) -> case A of {B, _} when B > 1 -> B; {_, B} -> B end, B.
p(A) -> (fun() -> B = A, B end)(), B.
q(A) -> [B = A || _ <- A], B.
r(A) -> catch (B = A), B, begin C = B end, C.
s(A) when A > 1, B = 2 -> B; s(_) -> ok.
t({A, A}, A) -> ok; t(A, [A | B]) -> B.

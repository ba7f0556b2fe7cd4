-module(tries).
-compile(export_all).
a(F) -> try F() catch error:R:S when S > 1 -> R end.
b(F, S) -> try F() catch error:_:S -> S end.
c(F) -> try F() catch error:R:R -> R end.
d(F) -> try F() catch error:_:{a, _} -> ok end.
e(F) -> try F() catch C:_:_ -> C end.
f(F) -> try F() catch X:Y when X == Y -> ok; throw:X -> X; X -> X end.
g(F) -> try F() of X -> X catch _:_ -> X end.
h(F) -> try F() catch _:_ -> ok after X = 1, X end, X.
i(F) -> try F() catch foo:_ -> ok; "a":_ -> ok; 1:_ -> ok; {a}:_ -> ok end.
j(F) -> try F(), A = 1, A of A -> A catch A -> A end, A.
k(F) -> try F() of A -> try A of B -> B after C = A end, {B, C} after ok end.
l() -> catch X = 1, X.
m() -> A = catch B = 1, {A, B}.
n(F) -> try F() catch _:_:S -> S; _:S -> S end, S.
o(F) -> case catch F() of {'EXIT', R} -> R; X -> X end.

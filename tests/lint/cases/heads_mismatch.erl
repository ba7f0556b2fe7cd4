-module(heads_mismatch).
-export([f/1, g/2, h/1, i/1]).
f(1) -> ok;
f(2, 3) -> ok.
g(A, B) -> A + B;
h(A, B) -> A - B.
i(X) -> F = fun(1) -> a; (2, 3) -> b end, F(X).
j() -> fun F(1) -> F; F(1, 2) -> F end.
k() -> fun F(1) -> F; G(1) -> G end.
-spec l(integer()) -> ok; (integer(), integer()) -> ok.
l(_) -> nope(), X = 1.

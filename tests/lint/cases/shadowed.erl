-module(shadowed).
-compile(export_all).
a(X) -> fun(X) -> X end.
b(X) -> [X || X <- [1]].
c(X) -> << <<X>> || <<X>> <= <<1>> >>.
d(F) -> fun F() -> F end.
e(X) -> fun(Y) -> fun(X, Y) -> {X, Y} end end.
f(X) -> fun(X, X) -> X end.
g(X) -> [Y || Y <- [1], X <- [2], X > 1].
h(X) -> fun() -> X = 1, Y = 2, Y end, Y = 3, Y.
i(X) -> [begin Y = X, Y end || _ <- [1]], Y.
j(X) -> [{X, Y} || X <- X, Y <- X].
k(X) -> fun G(G) -> G end, X.
l() -> F = fun(X) -> X end, G = fun(X) -> X end, {F, G}.
m(_X) -> fun(_X) -> _X end.
n(X) -> case X of {Y} -> fun(Y) -> Y end; _ -> ok end.
o(X) -> fun({X, Y}, [Y | X]) -> {X, Y} end.
p(X) -> <<X:8>> = <<1>>, << <<A:X>> || <<X, A:X>> <= <<1, 2>> >>.

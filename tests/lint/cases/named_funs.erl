-module(named_funs).
-compile(export_all).
a() -> F = fun F() -> ok end, F().
b() -> F = fun F() -> F() end, F().
c() -> F = fun F(0) -> 1; F(N) -> F(N-1) end, F(3).
d(F) -> G = fun F() -> ok end, G().
e(F) -> G = fun F(F) -> F end, G(1).
f() -> fun F() -> F = 1, F end.
g() -> fun F() -> fun F() -> F end end.
h() -> fun F() -> fun G() -> fun F() -> F end end end.
i() -> fun _() -> ok end.
j() -> fun _F() -> ok end.
k() -> fun _F() -> _F end.
l() -> fun F() -> ok end, F.
m() -> X = fun F() -> ok end, F = 1, {X, F}.
n() -> F = 1, X = fun F() -> F end, {X, F}.
o() -> F = fun F() -> G = F, G end, F.
p() -> [F || F <- [fun F() -> F end]].
q() -> [fun F() -> F end || F <- [1]].
r() -> case x of F -> fun F() -> F end end.
s() -> F = fun F(F) -> ok end, F.
t() -> F = fun F({F, F}) -> ok end, F.
u() -> F = fun F(X) when X > F -> ok; F(X) -> X end, F.
v() -> fun F() -> F; F() -> 1 end.
x() -> fun F() -> 1; F(X) -> X end.
z() -> F = (fun F() -> ok end)(), F.
aa() -> {F, G} = {fun F() -> G() end, fun G() -> F() end}, {F, G}.
ab() -> F = G = fun F() -> ok end, {F,G}.
ac(F) -> F = fun F() -> ok end.
ad(F) -> F = fun F() -> F end, F.
ae() -> begin F = fun F() -> ok end end, F().
af() -> try F = fun F() -> ok end, F after ok end.
ag() -> fun F() -> X end, X.
ah(X) -> fun F() -> Y = F, X end.
ai(X) -> fun X() -> Y = 1 end.
aj(X) -> fun X(Y) -> Y end.
ak() -> fun F(A, A) -> F end.
al() -> F = fun F() -> Unused = 1, F end, ok.
am() -> F = fun() -> F() end, F.
an() -> fun F() -> F(1) end.
ao() -> fun F() -> case 1 of F -> F end end.
ap() -> fun F() -> [F || F <- [1]] end.
aq() -> fun F() -> <<F:8>> = <<1>>, F end.
ar() -> F = fun F() -> receive F -> ok after 0 -> F end end, F.

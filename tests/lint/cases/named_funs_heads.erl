-module(named_funs_heads).
-compile(export_all).
a() -> fun () -> 1; F() -> 2 end.
b() -> fun F() -> 1; (X) -> 2 end.
c() -> fun F() -> 1; F(X) -> 2; G() -> 2 end.
d() -> fun F() -> 1; F(X) -> 2 end.
e() -> fun () -> 1; (X) -> 2 end.
f() -> fun _() -> 1; F() -> 2 end.
g() -> fun _() -> 1; _() -> 2 end.
h() -> fun "a"() -> 1 end.
i() -> fun a() -> 1 end.
j() -> fun F -> 1 end.
k() -> fun F/1.
l() -> fun F:G.
n() -> fun f/-1.
p() -> fun lists:map/256.
q() -> fun F() when true -> 1; F() when a, b; c -> 2 end.
r() -> fun F() -> 1; G(X) -> 2 end.

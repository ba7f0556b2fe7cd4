-module(records).
-compile(export_all).
-record(r, {a, b = 1, c :: atom(), d = x :: atom()}).
-record(s, {r = #r{} :: #r{}, t = #nope{}}).
-record(r, {z}).
-record(dup, {a, a}).
-record(selfref, {a = #selfref{}}).
-record(v, {a = X, b = fun(Y) -> Y end, c = begin Z = 1, Z end}).
-record(x, {a = f(), b = undefined_fun()}).
a() -> #r{q = 1}.
b(R) -> R#r{q = 1}.
c(R) -> R#r.q.
d() -> #r.q.
e(#r{q = 1}) -> ok.
f() -> #nope{}.
g(R) -> R#nope{a = 1}.
h(R) -> R#nope.a.
i() -> #nope.a.
j(#nope{}) -> ok.
k(R) when is_record(R, nope) -> ok.
l(R) -> is_record(R, nope), is_record(R, nope, 2), is_record(R, R), is_record(R, "a").
m(R) when is_record(R, r, 3) -> ok; m(R) when R#r.a == 1 -> R; m(R) when R#r.q -> ok; m(R) when #r.b == 3 -> R.
n() -> record_info(size, r), record_info(fields, r), record_info(size, nope), record_info(foo, r).
o(X) -> record_info(size, X), record_info(X, r).
p() -> #r{a = 1, a = 2}.
q(R) -> R#r{a = 1, a = 2}.
r() -> #r{_ = 1}, #r{a = 1, _ = 2}, #r{_ = 1, _ = 2}, #r{a = 1, b = 2, c = 3, d = 4, _ = 5}.
s(#r{_ = X}) -> X.
t(#r{_ = _, a = 1}) -> ok.
u(#r{a = X, a = Y}) -> {X, Y}.
v(R) -> R#r{_ = 1}.
w(R) -> R#r{}.
x(R) -> (R#s.r)#r.a, R#s.r#r.a, R#s.r#r.zz, R#s{r = 1}#s.t.
-type t() :: #r{a :: integer()} | #r{zz :: integer()} | #nope{}.
-record(late, {a}).
y() -> #late{}.
z() -> #'quoted name'{}, #r{'Quoted Field' = 1}.

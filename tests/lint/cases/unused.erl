-module(unused).
-export([a/1, b/1, c/1, d/1, e/1, f/1, g/1, h/1, i/1, j/1, k/1, l/1]).
-import(lists, [map/2, foldl/3]).
-record(used, {a, b}).
-record(unused, {a, b}).
-record(typed, {a :: integer()}).
-type t1() :: integer().
-type t2() :: t2().
-type t3() :: t4().
-type t4() :: a.
-opaque o1() :: b.
-export_type([t5/0]).
-type t5() :: #typed{}.
a(X) -> ok.
b(X) -> fun(X) -> ok end.
c({X, Y}) -> #used{a = X}.
d(X) -> [Y || {Y, Z} <- X].
e(X) -> case X of {A, B} -> A; {A} -> ok end.
f(X) -> try X catch A:B -> ok end.
g(X) -> try X catch A:B:C -> ok end.
h(X) -> Y = X.
i(X) -> Y = X, Y = 2, Z = Y.
j(_X) -> _Y = _X, _Y.
k(X) -> F = fun G(0) -> 1; G(N) -> 2 end, F(X).
l(X) -> receive {A, B} -> X after T = 1 -> ok end.
m() -> n().
n() -> m().
o() -> p().
p() -> ok.
-spec q(X) -> X when X :: t3().
q(A) -> A.

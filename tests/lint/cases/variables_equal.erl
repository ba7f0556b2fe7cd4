-module(variables_equal).
-export([a/1, b/1]).
-type t1() :: a.
-record(r, {a :: t1()}).
-type t2() :: b | t3() | #s{}.
-type t3() :: c.
-record(s, {a :: t4()}).
-type t4() :: d.
-callback cb() -> t5().
-type t5() :: e.
a(A) -> case A of 1 -> B = 1; _ -> ok end, [B || B <- [1]].
b(A) -> {(B = A) + (B = A), f(C = A, C = A), #{(D = A) => (D = A)}, <<(E = A), (E = A)>>, [F = A | F = A], (G = A):(G = A)(G = A)}.
c(A) -> case A of 1 -> B = 1; _ -> ok end, fun B() -> 1 end.
d(A) -> case A of 1 -> B = 1; _ -> ok end, << <<B>> || <<B>> <= A >>.
f(_, _) -> ok.

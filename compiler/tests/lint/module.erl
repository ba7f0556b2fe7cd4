-module(module).
-export([f/1, nope/2, f/1]).
-export_type([nt/0]).
-import(lists, [map/2]).
-import(lists, [nosuch/1]).
-record(r, {a, b, a}).
-record(r, {a}).
-record(u, {a, b = Z}).
-type t() :: nosuch().
-type t() :: a.
-type v(X) :: a.
-type w() :: X.
-type integer() :: a.
-spec g(a) -> b.
-spec f(a) -> b.
-spec f(a) -> c.
-callback cb(a) -> b.
-on_load(nofun/0).
f(X) -> Y.
f(X, X) -> Z = 1, ok.
f(X) -> dup.
h(A) -> case A of 1 -> B = 1; 2 -> C = 2 end, {B, C}.
i(A) -> foo(A), lists:foo(A), map(a, b), #x{}, #r{c = 1}, A#r.zz, A#nor.a, #r{a=1,a=2}, #r.q.
j(A) when foo(A) -> ok;
j(A) when B -> ok;
j(A) when A = 1 -> ok;
j(A) when is_atom(A), length([X||X<-A]) -> ok.
l() -> X = 1, fun(X) -> X end, [X || X <- [1]], fun() -> X = 2 end, Unused = 2, _Used = 1, _Used.
m() -> try A = 1 after A end, A.
n() -> begin Q = 1 end, Q, _.
o() -> <<1:8/foo>>, <<1/utf8-unit:8>>, <<X:(foo)/float>>, <<1:8/binary-unit:300>>.
p() -> #{a => 1, a := 2}, fun q/1, fun f/1, m:F(), "a" ! b, erlang:foo().
s() -> receive X -> X after Y -> 1 end.
t() -> (catch A = 1), A, if true -> B = 1 end, B.
u(A) -> A andalso (B = 1), B.
w() -> X = 1, case 2 of X -> Y = 1 end, Y.
x() -> atom_to_list(), self(1), spawn(a).
apply(A, B) -> ok.
length(A) -> A.
z() -> length([]), fun length/1.
aa() -> fun F() -> G = 1, F() end, F.
bb(<<A:8, B:A/binary, C/binary, D>>) -> ok.
-export([late/0]).
-record(late, {x}).
-foo(bar).

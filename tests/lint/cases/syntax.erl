-module(syntax).
-export([a/0, b/0, c/0]).
a() -> ) .
b() -> X.
c() -> case 1 of end.
d() -> if end.
e() -> receive end.
f() -> 1 +.
g() -> [1,].
h() -> {1,,2}.
k() -> fun.
l() -> fun foo.
m() -> #r.
n() -> #r{a}.
o() -> a b.
p( -> 1.
q() when -> 1.
r() -> begin end.
s() -> try end.
t() -> try 1 end.
u() -> catch.
-export([v/0).
-record(r, a).
-record(r).
-type t() = a.
-spec w() -> .
-foo(X).
-foo(f()).
w() -> 1 = = 2.
x() -> a := b.
y() -> a <- b.
Z() -> 1.
1() -> 2.
aa() -> 1..2.
ab() -> <<1:>>.
ac() -> <<1/>>.
ad() -> a:b:c.
ae() -> a::b.
af() -> end.
ag() -> X = .
ah() -> when.
aj() -> 1 -> 2.
ak() -> [X || ].
al() -> [|| X <- Y].
am() -> #{a}.
an() -> #{a => }.
ao() -> ((1).
ap() -> {1.
aq() -> lists:.
ar(f()) -> ok.
as(fun() -> 1 end) -> ok.
at(X:y()) -> X.
au(begin a end) -> ok.
av() -> 1(), "x"(2).
-unknown.
-export(a).
-export([a]).
-export_type(a/0).
-module(a, [b]).
-module("x").
-module().
-compile().
-spec foo.
-type t.
-callback x().
-record("r", {a}).
-record(r, {1}).
-record(r, {a = }).
-record(R, {a}).
-behaviour(A).
-on_load(a).
-on_load(a/1).
-on_load({a, 0}).
-file("x").
-vsn().

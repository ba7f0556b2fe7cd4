-module(bit_sizes).
-compile(export_all).
a(<<[]>>) -> ok.
b(<<{a}>>) -> ok.
c(<<[a]>>) -> ok.
d(<<(a + 1)>>) -> ok.
f(<<(1 bsl 3):8>>) -> ok.
g(<<a/binary, b/utf8, c/float, d:4>>) -> ok.
h(<<(X = 1)>>) -> ok.
i(<<(<<1>>)/binary>>) -> ok.
k(<<_:4, (_)/bits>>) -> ok.
l(<<X:(g())>>) -> ok.
m(<<X:(lists:max([1]))>>) -> ok.
n(<<X:(fun() -> 1 end)>>) -> ok.
o(<<X:({1})>>) -> ok.
p(<<X:"a">>) -> ok.
q(<<X:1.0>>) -> ok.
r(<<X:[]>>) -> ok.
s(<<X:(-1)>>) -> ok.
t(<<X:(a + 1)>>) -> ok.
u(<<X:(self())>>) -> ok.
v(<<X:(Y = 1)>>) -> ok.
w(<<X:(tuple_size({1}))>>) -> ok.
x(<<X:(case 1 of 1 -> 2 end)>>) -> ok.
y(<<X:(erlang:length([]))>>) -> ok.
aa(<<N, X:N/unit:8-binary>>) -> ok.
ab(<<N, X:(N)/unit:8>>) -> ok.
ac(<<X:Z>>) -> ok.
ad(X) -> <<X:1.0>>.
ae(X) -> <<X:(-1)>>.
ag(X) -> <<X:"a">>.
ah(X) -> <<X:a>>.
ai(X) -> <<X:{}>>.
aj(X) -> <<X:(g())>>.
ak(X) -> <<X:7/float, X:16/float, X:1/float-unit:32, X:3/float-unit:8>>.
al(<<X:7/float, Y:16/float, Z:1/float-unit:32, W:3/float-unit:8>>) -> ok.
am(X, Y) -> <<X:Y/float>>.
an(X) -> receive Y = 1 -> Y after X -> Z = 2 end, {Y, Z}.
ao(X) -> receive after (Y = X) -> Z = 2 end, {Y, Z}.
ap(X) -> receive a -> Q = 1; b -> R = 2 after (Y = X) -> Z = 2 end, {Y, Z, Q, R}.
aq(X) -> receive a -> Y = 1 after (Y = X) -> Z = 2 end, {Y, Z}.
ar(X) -> receive a -> Y after (Y = X) -> Y end.
as(X) -> receive a -> Y = 2 after 0 -> Y = 3, Z = 2 end, Y.

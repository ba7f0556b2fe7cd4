-module(bodies).
-compile(export_all).
-record(r, {a}).
k(X + 1) -> ok;
k([a] ++ X) -> ok;
k(X ++ [a]) -> ok;
k({X = 1, #{a => X}}) -> ok;
k(#{X := 1}) -> ok;
k("a" ++ Y) -> Y;
k(#{a := 1, f(1) := 2}) -> ok.
l(A) -> fun F(X) -> X end, {B = 1, B}, f(C = 1, C).
m(A) -> [D || {A, D} <- A, E <- D], D.
n() -> <<A:8, B:A>> = x, {A, B}, <<1/foo-bar>>, <<1/integer-float>>, <<1:a>>, <<"abc":8>>,<<1/little-big>>.
o(X) when X#r.a == 1, X ++ [] == a, X ! a -> ok.
q(A) when is_record(A, nor), is_record(A, r, 1), element(1, {A}), erlang:foo(A), lists:map(A), self() -> ok.
r() -> case 1 of A -> A; B -> B end, A, receive C -> C after 1 -> C end.
s() -> atom(1), is_list(1), element(1).
t() -> #r{_ = 1, a = 2}, #r{_ = 1, _ = 2}, {#r{a = _}}, Q.
u(#r{b = 1}) -> ok;
u(#r{a = 1}) -> #r{a = 2}#r{a = 3}.
v() -> maybe_x.
v() -> b.
w(X) -> catch (Y = X), Y.
x(X) -> try X of Y -> Z = 1 catch _:E:S when S -> E end, Z, Y.
y(X) -> F = fun(0) -> 1; (X) -> X end, F.
z(_A, _A) -> _B = 1, _B.
aa(<<X, R/binary>>) -> <<X:16/float, R/bits>>, <<1:3/unit:2>>, <<A/utf8>> = R, <<(A):4/signed>>, <<a/atom>>.
bb(M) -> M#{a => 1, b := 2}, #{M => 1}, [1,2|M], fun M:f/1, fun lists:map/2.

-module(values_ignored).
-compile([export_all, nowarn_export_all]).
a(X) -> {X}, ok.
b(X) -> [X], X.
c() -> 1, ok.
d() -> foo, ok.
e() -> "abc", ok.
f(X) -> <<X>>, ok.
g() -> <<"abc">>, ok.
h(X) -> #{a => X}, ok.
i(X) -> X#{a => 1}, ok.
j(X) -> fun() -> X end, ok.
k(X) -> X, ok.
l(X) -> X + 1, ok.
m(X) -> X == 1, ok.
n(X) -> not X, ok.
o(X) -> -X, ok.
p(X) -> X andalso foo(X), ok.
q(X) -> X ++ X, ok.
r() -> self(), ok.
s(X) -> length(X), element(1, X), hd(X), is_atom(X), atom_to_list(X), list_to_atom(X), tuple_size(X), abs(X), ok.
t(X) -> lists:reverse(X), lists:map(X, X), lists:member(1, X), maps:get(a, X), lists:seq(1, 2), ok.
u(X) -> erlang:length(X), erlang:'+'(X, 1), erlang:self(), erlang:node(), node(), date(), now(), make_ref(), get(a), get(), put(a, b), ok.
v(X) -> case X of 1 -> {a}; 2 -> b end, ok.
w(X) -> begin {a}, X end, ok.
x(X) -> [Y || Y <- X], ok.
y(X) -> catch {X}, ok.
z(X) -> try {X} catch _:_ -> {b} after {c}, d end, ok.
aa() -> fun foo/1, fun lists:map/2, ok.
ab(X) -> _ = {X}, ok.
ac(X) -> if X -> {a}; true -> b end, ok.
ad(X) -> receive X -> {a} after 1 -> {b} end, ok.
ae(X) -> "", [], {}, #{}, <<>>, 1.0, $a, ok.
af(X) -> (X), {X, foo(X)}, ok.
ag(X) -> [foo(X) || true], [foo(Y) || Y <- X], ok.
ah(X) -> X bsl 1, X div 2, X / 2, X and X, X xor X, X >= 1, X =:= 2, ok.
ai(X) -> binary_to_list(X), integer_to_list(X), list_to_binary(X), size(X), byte_size(X), term_to_binary(X), round(X), float(X), max(X, 1), min(1, X), tl(X), setelement(1, X, 2), ok.
foo(X) -> X.

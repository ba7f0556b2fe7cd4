-module(guards).
-compile(export_all).
a(X) when X = 1 -> ok.
b(X) when foo(X) -> ok.
c(X) when lists:member(X, [1]) -> ok.
d(X) when X ! 1 -> ok.
e(X) when X ++ [1] -> ok.
f(X) when case X of 1 -> true end -> ok.
g(X) when fun() -> X end -> ok.
h(X) when [Y || Y <- X] -> ok.
i(X) when is_atom(X), Y -> ok.
j(X) when length(X, 1) -> ok.
k(X) when erlang:length(X) > 1, erlang:foo(X) -> ok.
l(X) when a:b -> ok; l(X) when X:y() -> ok; l(X) when X(1) -> ok.
m(X) when begin X end -> ok.
n(X) when (catch X) -> ok.
o(X) when #{a => X} == X, X#{a := 1} == 1, map_get(a, X), is_map_key(a, X) -> ok.
p(X) when <<X:8>> == X, <<X:Y>> -> ok.
q(X) when "abc" == X; 1; a; -1; not X; - X; + X; bnot X -> ok.
r(X) when self() == X, node() == a, node(X) == a, put(a, b) -> ok.
s(X) when is_function(X, 1), is_function(X, a), is_record(X, a) -> ok.
t(X) when X andalso X orelse X xor X -> ok.
u(X) when apply(a, b, []), error(a), throw(b), exit(c) -> ok.
v(X) when min(X, 1) > 1, max(X, 1) > 2, tuple_size(X) > 1, binary_part(X, 1, 2), element(1, X), ceil(X), floor(X), trunc(X), round(X), float(X), hd(X), tl(X), abs(X), size(X), bit_size(X), byte_size(X), map_size(X) -> ok.
w(X) -> if foo(X) -> 1; X = 1 -> 2; X ! 1 -> 3; true -> 4 end.
x(X) -> case X of _ when foo(X) -> 1; Y when Y = 1 -> 2 end.
y() -> receive X when foo(X) -> ok after 0 -> ok end.
z(X) -> try X of _ when foo(X) -> ok catch _ when foo(X) -> ok end.
aa(X) -> fun(Y) when foo(Y, X) -> ok end.
ab(X) when try X catch _ -> a end -> ok.
ac(X) when receive Y -> Y end -> ok.
ad(X) when is_atom(X) -> ok; ad(X) when atom(X) -> ok; ad(X) when integer(X) -> ok; ad(X) when list(X), tuple(X) -> ok; ad(X) when record(X, r) -> ok.
ae(_) when record_info(size, x) -> ok.
af(X) when X#x.y -> ok.
ag(X) when true; false -> X.
ah(X) when is_integer(X, 1, 2) -> ok.
length(X) -> X.
ai(X) when length(X) > 1 -> ok.
aj(X) when {X, [X | X], #{}} == 1 -> ok.

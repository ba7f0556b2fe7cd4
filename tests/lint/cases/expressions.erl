-module(expressions).
-compile(export_all).
a() -> lenght([]), lists:map(), spawn(), atom_to_lst(a).
b(Value) -> Vlaue, Value.
c() -> x:y:z().
d() -> 1 + a, a + 1, [] ++ 1, not 1, -a, 1 / 0, 1 div 0, 1.0 bsl 2.
e() -> {1, 2}, [1], "abc", foo, 1, 1.0, <<1>>, #{}, fun() -> 1 end, self(), ok.
f(X) -> X + 1, X == 2, element(1, X), hd(X), length(X), list_to_atom(X), ok.
g(X) -> lists:reverse(X), lists:map(X, X), is_atom(X), {X}, [X], X, <<X>>, #{a => X}, ok.
h() -> #{a => 1, a => 2}, #{1 => 1, 1.0 => 2, 1 => 3}.
i(X) -> case X of _ -> 1; a -> 2 end.
j(X) -> case X of Y -> Y; a -> 2; b -> 3 end.
k(_) -> 1; k(1) -> 2.
l(1) -> 1; l(1) -> 2; l(X) -> X.
m(X) -> case X of {a, _} -> 1; {a, b} -> 2 end.
n(X) when false -> X; n(X) when true -> X; n(_) -> 1.
o() -> case 1 of 2 -> a; 3 -> b end.
p() -> case a of b -> 1; X -> X end.
q() -> if false -> 1; true -> 2 end.
r() -> if false -> 1 end.
s() -> {a, b} = {1, 2}, 1 = 2, [A] = [], A.
t() -> X = 1, X = 2.
u() -> hd([]), tl([]), element(3, {1}), atom_to_list(1), length(a), tuple_size(1), map_size(a).
v() -> <<a:8>>, <<"abc":8>>, <<1.0:8>>, <<a/binary>>, <<a/float>>, <<1/utf8>>, <<a/utf8>>, <<(-1)/utf8>>.
w() -> a(), b(1), ok.
x() -> [X || X <- a], [X || X <- [1], false], << <<X>> || <<X>> <= a >>.
y() -> (fun(X) -> X end)(1, 2), (fun() -> 1 end)(), foo(), a:b(), a(1).
z() -> X = fun(Y) -> Y end, X(1, 2), X().
aa() -> try 1 catch _ -> 2 end.
ab() -> try 1 of 2 -> 3 catch _:_ -> 4 end.
ac() -> throw(a), b.
ad() -> exit(a), error(b), c.
ae(X) -> is_record(X, a), is_record(X, a, 2).
af() -> receive after infinity -> ok end, receive after a -> ok end, receive X -> X; Y -> Y end.
ag() -> #{a := 1}, #{a => 1}#{b := 2}, a#{b => 1}, [1]#{b := 1}.
ah(#{a => X}) -> X; ah(#{X := Y}) -> Y; ah(#{a := X, a := Y}) -> {X, Y}.
ai("abc" ++ X) -> X; ai([1, 2] ++ X) -> X; ai([a] ++ X) -> X; ai(X ++ "abc") -> X.
aj(1 + 2) -> 3; aj(-1) -> 2; aj(- a) -> 1; aj(1 / 2) -> 2; aj($a + 1) -> 2.
ak(<<X:8, Y:X/binary, Z/binary>>) -> {Y, Z}; ak(<<X/binary, Y>>) -> {X, Y}; ak(<<_:X>>) -> X; ak(<<X:a>>) -> X; ak(<<"abc"/utf8, X:(1 + 2)>>) -> X.
al(X = Y = Z) -> {X, Y, Z}; al({a = X, X = b}) -> X.
am(_) -> _.
an() -> _ = 1, {_, _} = {1, 2}, [_ | _], f(_).

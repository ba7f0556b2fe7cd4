-module(clauses_behind).
-compile([export_all, nowarn_export_all]).
a(_) -> 1; a(2) -> 3.
b(X) -> X; b(Y) -> Y; b(Z) -> Z.
c(X, _) -> X; c(1, 2) -> 3.
d(X) -> case X of Y -> Y; 1 -> 2 end.
e(X) -> case X of _ -> 1; 2 -> 3; 4 -> 5 end.
f(X) when true -> X; f(_) -> 1.
g(X) when X > 1 -> X; g(_) -> 1; g(2) -> 3.
h(X) -> fun(_) -> 1; (X) -> X end.
i(X) -> receive _ -> 1; X -> 2 end.
j(X) -> try X of _ -> 1; 2 -> 3 catch _:_ -> 4; error:_ -> 5 end.
k(X) -> try X catch _ -> 4; throw:_ -> 5; error:a -> 6 end.
l(X) -> if true -> X; X > 1 -> 2 end.
m(X) -> if X > 1 -> 2; true -> X; X < 2 -> 3 end.
n(X = Y) -> {X, Y}; n(_) -> 1.
o({_, _}) -> 1; o({1, 2}) -> 2.
p(X, X) -> 1; p(_, _) -> 2; p(_, 1) -> 3.
q(X) -> case X of X -> 1; _ -> 2 end.
r(X) when false -> X; r(_) -> 1.
s() -> if false -> 1 end.
t(X) -> case X of 1 when false -> 1; _ when 1 -> 2; _ when foo -> 3; _ when 1 > 2 -> 4; _ when is_atom(1) -> 5; _ when not true -> 6; _ when true, false -> 7; _ when false; true -> 8 end.
u() -> [X || X <- [1], false], [1 || true], [1 || foo], [1 || 1].
v() -> case 1 of 2 -> 3 end.
w() -> case {a, b} of {X, c} -> X; {X, Y, Z} -> {X, Y, Z}; [] -> 1; {a, Q} -> Q end.
x() -> {a, X} = {b, 1}, X.
y() -> [X] = {1}, X.
z() -> 1 = 2.
aa() -> #{a => 1, a => 2}, #{1 => 1, 1.0 => 2, 1 => 3, "a" => 1, "a" => 2, {a} => 1, {a} => 2}.
ab(X) -> X#{a => 1, a => 2}, X#{a := 1, a := 2}, #{X => 1, X => 2}.
ac() -> 1 + a, a + 1, 1 / 0, 1 div 0, hd([]), tl(a), element(1, a), element(3, {1, 2}), length(a), atom_to_list(1), not 1, -a, tuple_size([]), list_to_atom(1), abs(a), 1 bsl a, a and true, [] ++ a, a ++ [], 1 =:= 2.
ad(X) -> X andalso 1, 1 andalso X, true andalso X, false andalso X, true orelse X.
ae(X) -> case X of 1 -> a; 1 -> b; 2 -> c; "a" -> 1; "a" -> 2; {X} -> 1; {X} -> 2 end.
ag(X) -> X:foo(), (fun() -> 1 end)(2), ok.
ah(X) -> begin X end, begin 1, X end.
ai(1) -> 1; ai(1) -> 2; ai(2) -> 3.
aj(X) -> case is_atom(X) of true -> 1; false -> 2; other -> 3 end.
ak(X) -> case X > 1 of true -> 1; foo -> 2 end.
al([]) -> 1; al([_ | _]) -> 2; al(_) -> 3; al(x) -> 4.
am() -> throw(a), b.
an() -> exit(a), b, c.
ao() -> error(a), {b}.
ap(X) -> case X of a -> exit(a); b -> throw(b) end, c.

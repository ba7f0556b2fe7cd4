-module(unsafe).
-compile(export_all).
a(X) -> case X of 1 -> Y = 1; 2 -> Z = 2 end, {Y, Z}.
b(X) -> case X of 1 -> Y = 1; 2 -> Y = 2 end, Y.
c(X) -> case X of {A} -> A; [B] -> B end, A + B.
d(X) -> if X -> Y = 1; true -> ok end, Y.
e(X) -> if X > 1 -> Y = 1; X < 1 -> Y = 2 end, Y.
f() -> receive {a, X} -> X; {b, Y} -> Y end, X.
g() -> receive {a, X} -> X after 10 -> X = 2 end, X.
h() -> receive X -> ok after 10 -> Y = 2 end, {X, Y}.
i(F) -> try Y = F() of Z -> {Y, Z} catch E:R:S -> {Y, E, R, S} after W = 1 end, {Y, Z, E, R, W}.
j(F) -> try Y = F() after Y end, Y.
k(F) -> try X = F(), X of _ -> X catch _:_ -> X end.
l(F) -> (catch X = F()), X.
m(A) -> A andalso (B = 1), B.
n(A) -> A orelse (B = true), B.
o(A) -> (B = A) andalso B, B.
p(A) -> case A of 1 -> B = 1; _ -> throw(x) end, B.
q(A) -> case A of 1 -> B = 1; _ -> exit(x) end, B.
r(A) -> case A of 1 -> B = 1; _ -> error(x) end, B.
s(A) -> case A of 1 -> case A of 2 -> B = 1; 3 -> C = B end; _ -> ok end, {B, C}.
t(A) -> case A of 1 -> B = 1; _ -> ok end, case A of 2 -> B; _ -> ok end, fun() -> B end.
u(A) -> case A of 1 -> B = 1; _ -> ok end, [B || _ <- [1]].
v(A) -> case A of 1 -> B = 1; _ -> ok end, fun(B) -> B end.
w(A) -> case A of 1 -> B = 1; _ -> ok end, B = 2.
x(A) -> case A of 1 -> B = 1; _ -> ok end, case A of B -> ok end.
y(A) -> {case A of 1 -> B = 1; _ -> ok end, B}.
z(A) -> {B = A, C = B, B}.
aa(A) -> [begin B = A, B end | B].
ab(A) -> f(B = A, B).
ac(A) -> {B = A, B = A}.
ad(A) -> case A of 1 -> B = 1; _ -> C = 1 end, case A of 2 -> D = B; _ -> D = C end, D.
ae() -> try X = 1, Y = 2 of 1 -> Z = 3 catch error:_ -> Z = 4 after _ = Z end, Z.
af(A) -> begin case A of 1 -> B = 1; _ -> ok end end + B.
ag(A) -> case A of 1 -> B = 1; _ -> ok end, #{B => 1, a => B}.
ah(A) -> case A of 1 -> B = 8; _ -> ok end, <<A:B>>.
ai(A) -> case A of 1 -> B = 8; _ -> ok end, <<C:B>> = A, C.
aj(A) when B > A -> B.
ak(A) -> case A of _ when C -> D = 1 end, {C, D}.
f(_, _) -> ok.

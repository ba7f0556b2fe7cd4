-module(guards_old).
-compile(export_all).
-record(r, {a}).
a(X) when float(X) -> 1; a(_) -> 2.
b(X) when float(X) > 1 -> 1; b(_) -> 2.
c(X) when float(X), is_atom(X) -> 1; c(_) -> 2.
d(X) when float(X) orelse is_atom(X) -> 1; d(_) -> 2.
e(X) when not float(X) -> 1; e(_) -> 2.
f(X) when not atom(X) -> 1; f(_) -> 2.
g(X) when record(X, r) -> 1; g(_) -> 2.
h(X) when true and atom(X) -> 1; h(_) -> 2.
i(X) when pid(X) -> 1; i(X) when port(X) -> 2; i(X) when reference(X) -> 3; i(X) when function(X) -> 4; i(X) when constant(X) -> 5; i(X) when number(X) -> 6; i(X) when binary(X) -> 7; i(X) when map(X) -> 8; i(X) when bitstring(X) -> 9.
j(X) -> if float(X) -> 1; true -> 2 end.
k(X) -> atom(X), record(X, r), float(X).
l(X) when atom(X) -> atom(X).
m(X) when erlang:float(X) -> X.
n(X) when erlang:atom(X) -> X.

-module(maybe_else).
-feature(maybe_expr, enable).
-compile(export_all).
a(X) -> maybe Y ?= X, Z = Y, Z end.
b(X) -> maybe Y ?= X, Y else Z -> Z end, {Y, Z}.
c(X) -> maybe {ok, Y} ?= X, Y else {error, Y} -> Y end.
d(X) -> maybe {ok, Y} ?= X, {ok, W} ?= Y, Y else _ -> Y end.
e(X) -> maybe Y ?= X end, Y.
f(X) -> maybe X ?= 1, ok else 2 -> ok; V when V > X -> V end.
g(X) -> maybe Y ?= X, Z = 1 else {a, Z} -> Z; _ -> Z = 2 end, Z.
i() -> maybe ok end.

-module(clash).
-export([length/1, size/1, max/2, put/2, f/1, g/0, is_atom/1, self/0, abs/1]).
-compile({no_auto_import, [size/1, abs/1]}).
-import(lists, [max/1, append/2]).
-import(m, [hd/1, min/2, nope/0]).
length(X) -> X.
size(X) -> X.
max(A, B) -> {A, B}.
put(A, B) -> {A, B}.
is_atom(X) -> X.
self() -> 1.
abs(X) -> X.
append(A, B) -> {A, B}.
f(X) when length(X) > 1 -> length(X);
f(X) when size(X) > 1 -> size(X);
f(X) when is_atom(X) -> is_atom(X);
f(X) when max(X, 1) > 1 -> max(X, 1);
f(X) when abs(X) > 1 -> abs(X);
f(X) when hd(X) > 1 -> hd(X), min(X, 1);
f(X) when self() == X -> self(), put(a, b), append(a, b).
g() -> fun length/1, fun hd/1, fun size/1, fun max/2, fun min/2, fun self/0, fun tl/1, fun nope/0.

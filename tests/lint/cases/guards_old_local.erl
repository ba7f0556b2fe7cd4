-module(guards_old_local).
-export([f/1, g/1, h/1]).
f(X) -> [Y || Y <- X, atom(Y)].
g(X) when atom(X) -> X; g(X) when list(X), X > 1 -> X; g(X) when erlang:list(X) -> ok.
h(X) -> [Y || Y <- X, float(Y)].
atom(X) -> X.

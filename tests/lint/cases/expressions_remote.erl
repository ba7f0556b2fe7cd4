-module(expressions_remote).
-export([f/2, g/1, h/0]).
-export_type([integer/0]).
-type integer() :: x.
f(X, Y) -> X:Y.
g(X) -> {lists:map, X:f(X)}.
h() -> lists:map = 1.

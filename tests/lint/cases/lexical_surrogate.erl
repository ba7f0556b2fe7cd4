-module(lexical_surrogate).
-export([f/0]).
g(X) -> ok.
f() -> "\x{D800}".

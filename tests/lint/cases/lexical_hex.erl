-module(lexical_hex).
-export([f/0]).
g(X) -> ok.
f() -> "\xZ".

-module(lexical_string_code).
-export([f/0]).
g(X) -> ok.
f() -> "\x{110000}".

-module(unterminated_7).
-export([a/0]).
a() -> ok.
-undef(A)

-module(unterminated_8).
-export([a/0]).
a() -> ok.
-error(a
-module(unterminated_3).
-export([a/0]).
a() -> ok.
b() -> ok

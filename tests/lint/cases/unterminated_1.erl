-module(unterminated_1).
-export([a/0]).
a() -> "abc.
b() -> ok.

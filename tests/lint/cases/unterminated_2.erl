-module(unterminated_2).
-export([a/0]).
a() -> 'abc.
b() -> ok.

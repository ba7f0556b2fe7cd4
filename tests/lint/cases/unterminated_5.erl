-module(unterminated_5).
-export([a/0]).
a() -> case x of 1 -> ok.
b() -> (1, 2.
c() -> [1.

-module(unterminated_4).
-export([a/0]).
a() -> X
b() -> ok.
c() -> nope().

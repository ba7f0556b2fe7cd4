-module(unterminated_6).
-export([a/0]).
a() -> ok.
-define(A, 1)
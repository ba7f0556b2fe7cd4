-module(unterminated_9).
-export([a/0]).
-ifdef(A).
a() -> ok.
-endif
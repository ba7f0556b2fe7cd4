-module(one).
-export([v/0, loop/0, crash/0, crash/1, deep/1, fc/1]).
-ifdef(EXTRA).
v() -> extra.
-else.
v() -> 1.
-endif.
loop() -> receive x -> loop() end.
crash() -> X = v(), {ok, X} = X, ok.
crash(A) -> ok, A + 1.
deep(0) -> error(deep);
deep(N) -> [deep(N - 1)].
fc(a) -> ok.

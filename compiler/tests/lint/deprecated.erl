-module(deprecated).
-export([f/1, g/0, h/1]).
-compile({nowarn_deprecated_function, [{queue, lait, 1}]}).
f(X) -> {erlang:now(), now(), calendar:local_time_to_universal_time(X), random:uniform(), random:seed(1, 2, 3)}.
g() -> {sys:get_debug(a, b, c), fun random:uniform/1, queue:lait(queue:new())}.
h(X) -> X:now(), erlang:X(), queue:liat(X), {erlang:phash(X, 10), [random:uniform(N) || N <- X]}.

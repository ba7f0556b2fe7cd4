-module(two).
-export([r/0]).
-record(two, {a = 1, b}).
r() -> #two{b = x}.

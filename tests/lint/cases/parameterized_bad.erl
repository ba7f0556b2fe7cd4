-module(parameterized_bad, [a]).
-export([f/0]).
f() -> ok.

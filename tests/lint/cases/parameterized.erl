-module(parameterized, [A, B]).
-export([f/0]).
f() -> ok.

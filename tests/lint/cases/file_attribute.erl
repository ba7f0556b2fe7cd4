-module(file_attribute).
-export([f/0]).
-file("x.erl", 100).
f() -> ?LINE, X.
g() -> ok.

-module(unterminated_10).
-export([f/0]).
f() -> ok.
-file("unterminated_10.erl", 40).
-if(true).
g() -> ok.

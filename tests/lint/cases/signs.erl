-module(signs).
-export([f/0]).
f() -> @ a b.
g() -> a b @.
h() -> ^.
i() -> {`, 1}.
j() -> \.

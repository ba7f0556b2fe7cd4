-module(lexical_atom_code).
-export([f/0]).
g(X) -> ok.
f() -> '\x{}'.

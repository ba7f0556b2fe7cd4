-module(attributes_nif).
-export([a/0]).
-nifs([a/0]).
a() -> erlang:load_nif("x", 1).

-module(crossed).
-export([f/1]).

f(X) -> lists:sqe(1, X), nowhere:g(X), erlang:now(), used(X).

used(X) -> X.

unused() -> unused().

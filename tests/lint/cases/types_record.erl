-module(types_record).
-export([f/1]).
-export_type([a/1]).
-type a(T) :: {T}.
-record(b, {dom :: a(T), value :: T}).
-record(c, {x :: T, y = 1 :: U, z}).
-record(d, {x :: {T, T}}).
-spec f(#b{}) -> #c{} | #d{}.
f(X) -> X.

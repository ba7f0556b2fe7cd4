-module(records_more).
-compile(export_all).
-record(r, {a, b}).
-record(v, {a = X, b = fun(Y) -> Y end, c = begin Z = 1, Z end, d = [W || W <- [1]], e = case 1 of V -> V end, f = catch U = 1}).
-record(w, {a = #w.b, b = #r{}, c = #r.a}).
-record(x, {a = nope()}).
n() -> record_info(size, r), record_info(fields, r), record_info(size, nope), record_info(foo, r), record_info(r), record_info().
o(X) -> record_info(size, X), record_info(X, r), record_info("a", 1), fun record_info/2, [record_info(size, r) || _ <- X].
p(R) -> R#r{_ = 1}, R#r{a = 1, _ = 2}, R#r{}, R#w{_ = 1}.
q(X) -> is_record(X, nope), is_record(X, nope, 2), is_record(X, "nope"), is_record(X, X), erlang:is_record(X, nope), is_record(X, r, x).
r(X) when is_record(X, nope); is_record(X, nope, 2); erlang:is_record(X, nope); erlang:is_record(X, nope, 2); is_record(X, "x"); is_record(X, r, x) -> ok.
s() -> #'quoted name'{}, #r{'Quoted Field' = 1}, #'X'{}, #'if'{}.
t(#r{_ = 1, _ = 2}) -> ok; t(#r{_ = 1, a = 2, b = 3}) -> ok.
u() -> #r{_ = 1, _ = 2}, #r{a = 1, b = 2, _ = 3}, #r{a = 1, _ = 3}.
v(R) -> R#r.a#r.b, (R)#r.a, #r{}#r.c.

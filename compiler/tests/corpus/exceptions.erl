-module(exceptions).
-compile(export_all).
a(F) -> try F() catch _ -> caught end.
b(F) -> try F() of {ok, X} -> X; Y when is_list(Y) -> b(Y) catch error:{badmatch, V}:S -> {V, S}; exit:R -> R after put(x, F) end.
c(F) -> try try F() after put(a, 1) end after put(b, 2) end.
d(F, X) -> A = (catch F(X)), B = (catch throw(A)), [catch F(A), catch F(B) | X].
e(X) -> try X + 1 of 3 -> try throw(X) catch throw:Y -> {Y, X} end; Z -> Z catch error:badarith -> e(0) end.
f(L) -> [try E / 2 catch error:_ -> E end || E <- L].
g(P) ->
    try
        receive {P, X} -> X after 100 -> throw(timeout) end
    catch throw:timeout -> try exit(P, kill) of true -> killed catch _:_ -> no end
    end.
h(X) -> maybe {ok, A} ?= X, B = A + 1, {ok, C} ?= {ok, B}, C else {error, E} -> E; _ when X > 1 -> big end.
i(X) -> maybe [_ | T] ?= X, T end.
j(X, Y) -> (X andalso Y) orelse (not X andalso error({both, X, Y})).
k(X) -> case catch X:foo() of {'EXIT', {undef, _}} -> undef; {'EXIT', R} -> R; V -> V end.
l(E) -> T = {E, 1}, catch E:foo(), T = 3.
m(E) -> 1 = (catch throw({E, 2})).

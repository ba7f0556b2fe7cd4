%% Sizes of terms in words, and whether two are one.
-module(terms_of_a_kind).
-include("../show.hrl").

start() ->
    show(fun() -> [erts_debug:flat_size(T) || T <- [[], a, 1, {1}, {1, 2, 3}, [1], [1, 2, 3], [[1], {2}], 1.5]] end),  % expect: [0,0,0,2,4,2,6,8,2]
    show(fun() -> L = lists:seq(1, id(3)), [erts_debug:same(L, L), erts_debug:same(L, lists:seq(1, id(3))), erts_debug:same(a, a), erts_debug:same(1, 2)] end).  % expect: [true,false,true,false]

id(X) -> X.

%% Intersections of two sets.
-module(sofs_intersection).
-include("../show.hrl").

start() ->
    show(fun() -> sofs:to_external(sofs:intersection(sofs:set([a, b, c]), sofs:set([b, c, d]))) end),  % expect: [b,c]
    show(fun() -> sofs:to_external(sofs:intersection(sofs:set([a]), sofs:set([b]))) end),  % expect: []
    show(fun() -> sofs:to_external(sofs:intersection(sofs:empty_set(), sofs:set([b]))) end),  % expect: []
    show(fun() -> sofs:type(sofs:intersection(sofs:relation([{1, a}, {2, b}]), sofs:relation([{2, b}]))) end),  % expect: [{atom,atom}]
    show(fun() -> sofs:intersection(sofs:set([a]), sofs:relation([{1, 2}])) end).  % expect: error type_mismatch

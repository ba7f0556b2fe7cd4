%% Maps against a list of pairs with exactly equal keys.
-module(maps_properties).
-include("../properties.hrl").

start() ->
    show(fun() -> forall(60, fun() -> in_step(80, #{}, [], fun op/2, fun same/2) end) end),  % expect: {passed,60}
    show(fun() -> forall(15, fun() -> in_step(120, maps:from_list([{N, N} || N <- lists:seq(1, 60)]), [{N, N} || N <- lists:seq(1, 60)], fun op/2, fun same/2) end) end),  % expect: {passed,15}
    show(fun() -> forall(40, fun merges/0) end),  % expect: {passed,40}
    show(fun() -> forall(60, fun() -> L = list(50, fun() -> {key(), below(9)} end), maps:from_list(L) =:= lists:foldl(fun({K, V}, M) -> M#{K => V} end, #{}, L) end) end),  % expect: {passed,60}
    show(fun() -> forall(60, fun() -> M = maps:from_list(list(50, fun() -> {key(), below(9)} end)), binary_to_term(term_to_binary(M)) =:= M end) end),  % expect: {passed,60}
    show(fun() -> digest(fun() -> lists:sort(maps:to_list(maps:from_list(list(60, fun() -> {key(), below(9)} end)))) end) end).  % expect: [50934452,23358725,111124296,109597905,91163897]

k() -> case below(4) of 0 -> number_key(); _ -> key() end.

op(M, L) ->
    K = k(),
    V = below(100),
    case below(8) of
        0 -> {{remove, K}, maps:remove(K, M), without(K, L)};
        1 -> {{update_with, K}, maps:update_with(K, fun(X) -> X + 1 end, V, M), case find(K, L) of {ok, X} -> [{K, X + 1} | without(K, L)]; error -> [{K, V} | L] end};
        2 -> {filter, maps:filter(fun(_, X) -> X rem 7 =/= 0 end, M), [P || {_, X} = P <- L, X rem 7 =/= 0]};
        3 -> {map, maps:map(fun(_, X) -> X + 1 end, M), [{A, X + 1} || {A, X} <- L]};
        4 -> {{take, K}, case maps:take(K, M) of {_, M1} -> M1; error -> M end, without(K, L)};
        _ -> {{put, K, V}, M#{K => V}, [{K, V} | without(K, L)]}
    end.

find(K, L) -> case [V || {A, V} <- L, A =:= K] of [V] -> {ok, V}; [] -> error end.
without(K, L) -> [P || {A, _} = P <- L, A =/= K].

same(M, L) ->
    Probe = k(),
    maps:size(M) =:= length(L) andalso maps:find(Probe, M) =:= find(Probe, L) andalso is_map_key(Probe, M) =:= (find(Probe, L) =/= error)
        andalso by(maps:to_list(M)) =:= by(L) andalso M =:= maps:from_list(L) andalso by(maps:fold(fun(K, V, A) -> [{K, V} | A] end, [], M)) =:= by(L).

%% One order for 1 and 1.0.
by(L) -> lists:sort(fun(A, B) -> {A, is_float(element(1, A))} =< {B, is_float(element(1, B))} end, L).

merges() ->
    A = list(60, fun() -> {k(), below(9)} end),
    B = list(60, fun() -> {k(), below(9)} end),
    MA = maps:from_list(A),
    MB = maps:from_list(B),
    maps:merge(MA, MB) =:= maps:from_list(A ++ B)
        andalso maps:with(maps:keys(MB), MA) =:= maps:filter(fun(K, _) -> is_map_key(K, MB) end, MA)
        andalso maps:without(maps:keys(MB), MA) =:= maps:filter(fun(K, _) -> not is_map_key(K, MB) end, MA)
        andalso maps:intersect(MA, MB) =:= maps:with(maps:keys(MA), MB).

digest(F) -> [begin rand:seed(exsss, S), erlang:phash2(F()) end || S <- [1, 2, 3, 4, 5]].

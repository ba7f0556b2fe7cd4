%% dict and orddict against maps: the same operations in step, and whole dictionaries merged, folded and filtered. Keys are exactly equal in dict, equal in
%% orddict, so floats that are integers are kept out.
-module(dict_properties).
-include("../properties.hrl").

start() ->
    show(fun() -> forall(40, fun() -> in_step(80, dict:new(), #{}, ops(dict), same(dict)) end) end),  % expect: {passed,40}
    show(fun() -> forall(40, fun() -> in_step(80, orddict:new(), #{}, ops(orddict), same(orddict)) end) end),  % expect: {passed,40}
    show(fun() -> forall(10, fun() -> L = [{N, N} || N <- lists:seq(1, 150)], in_step(150, dict:from_list(L), maps:from_list(L), ops(dict), same(dict)) end) end),  % expect: {passed,10}
    show(fun() -> forall(40, fun() -> whole(dict) end) end),  % expect: {passed,40}
    show(fun() -> forall(40, fun() -> whole(orddict) end) end),  % expect: {passed,40}
    show(fun() -> forall(40, fun() -> L = pairs(), orddict:to_list(orddict:from_list(L)) =:= lists:sort(maps:to_list(maps:from_list(L))) end) end).  % expect: {passed,40}

ops(D) ->
    fun(T, M) ->
        {K, V} = {key(), below(100)},
        case below(9) of
            0 -> {{erase, K}, D:erase(K, T), maps:remove(K, M)};
            1 -> {{update, K}, D:update(K, fun(X) -> X + 1 end, V, T), maps:update_with(K, fun(X) -> X + 1 end, V, M)};
            2 -> {{update_counter, K}, D:update_counter(K, V, T), maps:update_with(K, fun(X) -> X + V end, V, M)};
            3 -> {filter, D:filter(fun(_, X) -> X rem 7 =/= 0 end, T), maps:filter(fun(_, X) -> X rem 7 =/= 0 end, M)};
            4 -> {map, D:map(fun(_, X) -> X + 1 end, T), maps:map(fun(_, X) -> X + 1 end, M)};
            5 -> {{take, K}, case D:take(K, T) of {_, T1} -> T1; error -> T end, maps:remove(K, M)};
            6 when is_map_key(K, M) -> {{update, K}, D:update(K, fun(X) -> X * 2 end, T), maps:update_with(K, fun(X) -> X * 2 end, M)};
            _ -> {{store, K, V}, D:store(K, V, T), M#{K => V}}
        end
    end.

same(D) ->
    fun(T, M) ->
        K = key(),
        D:size(T) =:= map_size(M) andalso D:find(K, T) =:= maps:find(K, M) andalso D:is_key(K, T) =:= is_map_key(K, M) andalso D:is_empty(T) =:= (map_size(M) =:= 0)
            andalso lists:sort(D:to_list(T)) =:= lists:sort(maps:to_list(M)) andalso lists:sort(D:fetch_keys(T)) =:= lists:sort(maps:keys(M))
            andalso D:fold(fun(_, V, A) -> V + A end, 0, T) =:= lists:sum(maps:values(M))
            andalso (not is_map_key(K, M) orelse D:fetch(K, T) =:= map_get(K, M))
    end.

pairs() -> list(60, fun() -> {key(), below(9)} end).

whole(D) ->
    {A, B} = {pairs(), pairs()},
    {TA, TB} = {D:from_list(A), D:from_list(B)},
    {MA, MB} = {maps:from_list(A), maps:from_list(B)},
    Merged = D:merge(fun(K, X, Y) -> {K, X, Y} end, TA, TB),
    Appended = lists:foldl(fun({K, V}, T) -> D:append(K, V, T) end, D:new(), A),
    lists:sort(D:to_list(Merged)) =:= lists:sort(maps:to_list(maps:merge_with(fun(K, X, Y) -> {K, X, Y} end, MA, MB)))
        andalso lists:sort(D:to_list(Appended)) =:= lists:sort(maps:to_list(maps:groups_from_list(fun({K, _}) -> K end, fun({_, V}) -> V end, A))).

%% Both versions of sets, ordsets and gb_sets against sorted lists.
-module(sets_properties).
-include("../properties.hrl").

start() ->
    show(fun() -> forall(40, fun() -> in_step(60, sets:new([{version, 1}]), [], ops(sets), same(sets)) end) end),  % expect: {passed,40}
    show(fun() -> forall(40, fun() -> in_step(60, sets:new([{version, 2}]), [], ops(sets), same(sets)) end) end),  % expect: {passed,40}
    show(fun() -> forall(40, fun() -> in_step(60, ordsets:new(), [], ops(ordsets), same(ordsets)) end) end),  % expect: {passed,40}
    show(fun() -> forall(40, fun() -> in_step(60, gb_sets:new(), [], ops(gb_sets), same(gb_sets)) end) end),  % expect: {passed,40}
    show(fun() -> forall(40, fun() -> algebra(sets, [{version, 1}]) end) end),  % expect: {passed,40}
    show(fun() -> forall(40, fun() -> algebra(sets, [{version, 2}]) end) end),  % expect: {passed,40}
    show(fun() -> forall(40, fun() -> algebra(ordsets, []) end) end),  % expect: {passed,40}
    show(fun() -> forall(40, fun() -> algebra(gb_sets, []) end) end),  % expect: {passed,40}
    show(fun() -> forall(40, fun() -> L = list(30, fun key/0), S = gb_sets:from_list(L), ordered(S) =:= lists:usort(L) andalso gb_sets:to_list(gb_sets:balance(S)) =:= lists:usort(L) end) end).  % expect: {passed,40}

ops(M) ->
    fun(S, L) ->
        K = key(),
        case below(4) of
            0 -> {{del, K}, M:del_element(K, S), lists:delete(K, L)};
            1 -> {filter, M:filter(fun(E) -> erlang:phash2(E, 5) > 0 end, S), [E || E <- L, erlang:phash2(E, 5) > 0]};
            _ -> {{add, K}, M:add_element(K, S), lists:usort([K | L])}
        end
    end.

same(M) ->
    fun(S, L) ->
        K = key(),
        lists:sort(M:to_list(S)) =:= L andalso M:size(S) =:= length(L) andalso M:is_element(K, S) =:= lists:member(K, L) andalso M:is_set(S)
            andalso lists:sort(M:fold(fun(E, A) -> [E | A] end, [], S)) =:= L
    end.

make(sets, L, O) -> sets:from_list(L, O);
make(M, L, _) -> M:from_list(L).

algebra(M, O) ->
    A = lists:usort(list(25, fun key/0)),
    B = lists:usort(list(25, fun key/0)),
    {SA, SB} = {make(M, A, O), make(M, B, O)},
    Out = fun(S) -> lists:sort(M:to_list(S)) end,
    Out(M:union(SA, SB)) =:= lists:usort(A ++ B) andalso Out(M:intersection(SA, SB)) =:= [E || E <- A, lists:member(E, B)]
        andalso Out(M:subtract(SA, SB)) =:= A -- B andalso M:is_subset(SA, SB) =:= (A -- B =:= [])
        andalso M:is_disjoint(SA, SB) =:= ([E || E <- A, lists:member(E, B)] =:= []) andalso Out(M:union([SA, SB, SA])) =:= lists:usort(A ++ B).

ordered(S) -> ordered_from(gb_sets:next(gb_sets:iterator(S))).
ordered_from(none) -> [];
ordered_from({E, I}) -> [E | ordered_from(gb_sets:next(I))].

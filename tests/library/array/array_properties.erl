%% Arrays against maps from index to value, with a default and a size of their own.
-module(array_properties).
-include("../properties.hrl").

start() ->
    show(fun() -> forall(40, fun() -> in_step(60, array:new(), {0, #{}, grows}, fun op/2, fun same/2) end) end),  % expect: {passed,40}
    show(fun() -> forall(40, fun() -> N = below(150), in_step(60, array:new(N, [{default, 0}]), {N, #{}, fixed}, fun op/2, fun same/2) end) end),  % expect: {passed,40}
    show(fun() -> forall(20, fun() -> N = below(1200), in_step(20, array:from_list(lists:seq(1, N)), {N, maps:from_list(lists:zip(lists:seq(0, N - 1), lists:seq(1, N))), grows}, fun op/2, fun same/2) end) end),  % expect: {passed,20}
    show(fun() -> forall(40, fun() -> L = list(300, fun() -> below(5) end), array:to_list(array:from_list(L, 0)) =:= L andalso array:sparse_to_list(array:from_list(L, 0)) =:= [X || X <- L, X =/= 0] end) end),  % expect: {passed,40}
    show(fun() -> forall(40, fun() -> Is = lists:usort(list(40, fun() -> below(2000) end)), A = array:from_orddict([{I, I} || I <- Is]), array:sparse_to_orddict(A) =:= [{I, I} || I <- Is] andalso array:size(A) =:= lists:max([-1 | Is]) + 1 end) end).  % expect: {passed,40}

op(A, {N, M, Kind} = Model) ->
    I = below(case Kind of grows -> N + 30; fixed -> max(N, 1) end),
    V = below(100),
    case below(8) of
        0 when N > 0, I < N -> {{reset, I}, array:reset(I, A), {N, maps:remove(I, M), Kind}};
        1 -> {resize, array:resize(N + 3, A), {N + 3, M, Kind}};
        2 -> {map, array:sparse_map(fun(_, X) -> X + 1 end, A), {N, maps:map(fun(_, X) -> X + 1 end, M), Kind}};
        3 -> {fix, array:fix(A), {N, M, fixed}};
        4 -> {relax, array:relax(A), {N, M, grows}};
        _ when Kind =:= fixed, I >= N -> {none, A, Model};
        _ -> {{set, I, V + 1}, array:set(I, V + 1, A), {max(N, I + 1), M#{I => V + 1}, Kind}}
    end.

same(A, {N, M, Kind}) ->
    D = array:default(A),
    All = [maps:get(I, M, D) || I <- lists:seq(0, N - 1)],
    Set = [{I, V} || {I, V} <- lists:sort(maps:to_list(M)), V =/= D],
    array:size(A) =:= N andalso array:to_list(A) =:= All andalso array:sparse_to_list(A) =:= [V || {_, V} <- Set] andalso array:sparse_to_orddict(A) =:= Set
        andalso array:is_fix(A) =:= (Kind =:= fixed)
        andalso array:foldl(fun(I, V, L) -> [{I, V} | L] end, [], A) =:= lists:reverse(lists:zip(lists:seq(0, N - 1), All))
        andalso array:foldr(fun(I, V, L) -> [{I, V} | L] end, [], A) =:= lists:zip(lists:seq(0, N - 1), All)
        andalso array:sparse_foldl(fun(_, V, S) -> V + S end, 0, A) =:= lists:sum([V || {_, V} <- Set])
        andalso array:sparse_size(A) =:= lists:max([0 | [I + 1 || {I, _} <- Set]]).

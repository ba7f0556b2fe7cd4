%% Ordered and hashed tables against sorted lists of objects.
-module(ets_properties).
-include("../properties.hrl").

start() ->
    show(fun() -> forall(40, fun() -> on(ordered_set, fun(T) -> in_step(60, T, [], fun op/2, fun ordered/2) end) end) end),  % expect: {passed,40}
    show(fun() -> forall(40, fun() -> on(set, fun(T) -> in_step(60, T, [], fun op/2, fun hashed/2) end) end) end),  % expect: {passed,40}
    show(fun() -> forall(30, fun() -> on(ordered_set, fun walks/1) end) end),  % expect: {passed,30}
    show(fun() -> forall(30, fun() -> on(set, fun walks/1) end) end),  % expect: {passed,30}
    show(fun() -> forall(30, fun() -> on(bag, fun bags/1) end) end).  % expect: {passed,30}

on(Type, F) ->
    T = ets:new(t, [Type]),
    R = F(T),
    ets:delete(T),
    R.

k(T) -> case {ets:info(T, type), below(3)} of {ordered_set, 0} -> number_key(); _ -> key() end.

%% The model keeps its keys apart as the table does: by value where it is ordered, exactly where it is hashed.
differs(T, A, B) -> case ets:info(T, type) of ordered_set -> A /= B; _ -> A =/= B end.

op(T, L) ->
    K = k(T),
    V = below(100),
    Rest = [O || {A, _} = O <- L, differs(T, A, K)],
    There = [O || {A, _} = O <- L, not differs(T, A, K)],
    case below(9) of
        0 -> ets:delete(T, K), {{delete, K}, T, Rest};
        1 -> true = ets:insert_new(T, {K, V}) =:= (There =:= []), {{insert_new, K}, T, case There of [] -> lists:keysort(1, [{K, V} | L]); _ -> L end};
        2 -> true = ets:take(T, K) =:= There, {{take, K}, T, Rest};
        3 when There =/= [] ->
            [{Key, Old}] = There,
            New = Old + 3,
            New = ets:update_counter(T, K, 3),
            {{update_counter, K}, T, lists:keysort(1, [{Key, New} | Rest])};
        4 -> ets:update_counter(T, K, {2, 1}, {K, 10}), {{counter_or, K}, T, lists:keysort(1, [case There of [{Key, Old}] -> {Key, Old + 1}; [] -> {K, 11} end | Rest])};
        5 -> true = ets:update_element(T, K, {2, V}) =:= (There =/= []), {{update_element, K}, T, lists:keysort(1, [{Key, V} || {Key, _} <- There] ++ Rest)};
        6 ->
            N = length([x || {_, X} <- L, X rem 5 =:= 0]),
            N = ets:select_delete(T, [{{'_', '$1'}, [{'=:=', {'rem', '$1', 5}, 0}], [true]}]),
            {select_delete, T, [O || {_, X} = O <- L, X rem 5 =/= 0]};
        _ -> ets:insert(T, {K, V}), {{insert, K}, T, lists:keysort(1, [{K, V} | Rest])}
    end.

ordered(T, L) ->
    K = k(T),
    Limit = below(100),
    ets:tab2list(T) =:= L andalso ets:info(T, size) =:= length(L) andalso ets:lookup(T, K) =:= [O || {A, _} = O <- L, A == K]
        andalso ets:next(T, K) =:= first([A || {A, _} <- L, A > K]) andalso ets:prev(T, K) =:= first(lists:reverse([A || {A, _} <- L, A < K]))
        andalso ets:first(T) =:= first([A || {A, _} <- L]) andalso ets:last(T) =:= first(lists:reverse([A || {A, _} <- L]))
        andalso ets:select(T, [{{'$1', '$2'}, [{'>', '$2', Limit}], ['$1']}]) =:= [A || {A, V} <- L, V > Limit]
        andalso ets:select(T, [{{'$1', '$2'}, [{'>=', '$1', {const, K}}, {'orelse', {'<', '$2', 50}, {'==', '$1', {const, K}}}], [{{'$2', '$1'}}]}]) =:= [{V, A} || {A, V} <- L, A >= K, V < 50 orelse A == K]
        andalso ets:select_reverse(T, [{'$1', [], ['$1']}]) =:= lists:reverse(L)
        andalso ets:select_count(T, [{{'_', '$1'}, [{'=<', '$1', Limit}], [true]}]) =:= length([x || {_, V} <- L, V =< Limit]).

hashed(T, L) ->
    K = k(T),
    Limit = below(100),
    lists:sort(ets:tab2list(T)) =:= lists:sort(L) andalso ets:info(T, size) =:= length(L) andalso ets:lookup(T, K) =:= [O || {A, _} = O <- L, A =:= K]
        andalso ets:member(T, K) =:= lists:keymember(K, 1, L)
        andalso lists:sort(ets:select(T, [{{'$1', '$2'}, [{'=/=', '$2', Limit}], ['$_']}])) =:= lists:sort([O || {_, V} = O <- L, V =/= Limit])
        andalso lists:sort(ets:match(T, {'$1', '$2'})) =:= lists:sort([[A, V] || {A, V} <- L]).

first([]) -> '$end_of_table';
first([H | _]) -> H.

%% Portions and single steps see every object once.
walks(T) ->
    L = lists:ukeysort(1, list(80, fun() -> {key(), below(9)} end)),
    ets:insert(T, L),
    N = 1 + below(7),
    Portions = portions(ets:select(T, [{'$1', [], ['$1']}], N)),
    Steps = steps(T, ets:first(T)),
    lists:sort(Portions) =:= L andalso lists:sort(Steps) =:= lists:sort([K || {K, _} <- L])
        andalso lists:sort(ets:foldl(fun(O, A) -> [O | A] end, [], T)) =:= L.

portions('$end_of_table') -> [];
portions({L, C}) -> L ++ portions(ets:select(C)).

steps(_, '$end_of_table') -> [];
steps(T, K) -> [K | steps(T, ets:next(T, K))].

bags(T) ->
    L = list(60, fun() -> {below(6), below(6)} end),
    [ets:insert(T, O) || O <- L],
    Model = lists:usort(L),
    K = below(6),
    Same = lists:sort(ets:lookup(T, K)) =:= [O || {A, _} = O <- Model, A =:= K] andalso ets:info(T, size) =:= length(Model),
    ets:delete_object(T, {K, 1}),
    Same andalso lists:sort(ets:tab2list(T)) =:= Model -- [{K, 1}].

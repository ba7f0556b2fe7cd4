%% Maps. The functions that need to see a map's inside are native: from_keys/2, from_list/1, get/2, find/2, is_key/2, keys/1,
%% values/1, to_list/1, merge/2, put/3, remove/2, take/2, update/3 and the iterator steps; their bodies here say what the natives do.
-module(maps).

-export([filter/2, filtermap/2, find/2, fold/3, foreach/2, from_keys/2, from_list/1, get/2, get/3,
         groups_from_list/2, groups_from_list/3, intersect/2, intersect_with/3, is_iterator_valid/1,
         is_key/2, iterator/1, iterator/2, keys/1, map/2, merge/2, merge_with/3, new/0, next/1, put/3,
         remove/2, size/1, take/2, to_list/1, update/3, update_with/3, update_with/4, values/1,
         iterator_to_list/1, pairs_behind/2, pairs_of/2,
         with/2, without/2]).
-compile({no_auto_import, [get/1, get/2, put/2, size/1]}).

%% The frame of the function that was called says what was wrong with which argument.
-define(FAIL(Reason, Args), erlang:error(Reason, Args, [{error_info, #{module => erl_stdlib_errors}}])).

%% ---- Natives (definitions) ----

find(K, M) when is_map(M) ->
    case M of
        #{K := V} -> {ok, V};
        #{} -> error
    end;
find(K, M) -> ?FAIL({badmap, M}, [K, M]).

from_keys(Ks, V) ->
    try from_keys(Ks, V, #{})
    catch error:function_clause -> ?FAIL(badarg, [Ks, V])
    end.

from_keys([K | Ks], V, M) -> from_keys(Ks, V, M#{K => V});
from_keys([], _, M) -> M.

from_list(L) ->
    try from_list(L, #{})
    catch error:function_clause -> ?FAIL(badarg, [L])
    end.

from_list([{K, V} | L], M) -> from_list(L, M#{K => V});
from_list([], M) -> M.

get(K, M) when is_map(M) ->
    case M of
        #{K := V} -> V;
        #{} -> ?FAIL({badkey, K}, [K, M])
    end;
get(K, M) -> ?FAIL({badmap, M}, [K, M]).

is_key(K, M) when is_map(M) -> is_map_key(K, M);
is_key(K, M) -> ?FAIL({badmap, M}, [K, M]).

keys(M) when is_map(M) -> [K || {K, _} <- maps:to_list(M)];
keys(M) -> ?FAIL({badmap, M}, [M]).

values(M) when is_map(M) -> [V || {_, V} <- maps:to_list(M)];
values(M) -> ?FAIL({badmap, M}, [M]).

merge(A, B) when is_map(A), is_map(B) ->
    lists:foldl(fun({K, V}, M) -> M#{K => V} end, A, maps:to_list(B));
merge(A, B) when is_map(A) -> ?FAIL({badmap, B}, [A, B]);
merge(A, B) -> ?FAIL({badmap, A}, [A, B]).

put(K, V, M) when is_map(M) -> M#{K => V};
put(K, V, M) -> ?FAIL({badmap, M}, [K, V, M]).

remove(K, M) when is_map_key(K, M) -> maps:from_list(lists:keydelete(K, 1, maps:to_list(M)));
remove(_, M) when is_map(M) -> M;
remove(K, M) -> ?FAIL({badmap, M}, [K, M]).

take(K, M) when is_map(M) ->
    case M of
        #{K := V} -> {V, maps:remove(K, M)};
        #{} -> error
    end;
take(K, M) -> ?FAIL({badmap, M}, [K, M]).

update(K, V, M) when is_map_key(K, M) -> M#{K := V};
update(K, V, M) when is_map(M) -> ?FAIL({badkey, K}, [K, V, M]);
update(K, V, M) -> ?FAIL({badmap, M}, [K, V, M]).

%% Native for maps: the pairs in the map's own order. For iterators: what is left of one.
to_list(M) when is_map(M) -> erlang:error(undef, [M]);
to_list(I) -> iterator_to_list(I).

%% Where the native to_list/1 sends what is no map but may be an iterator.
iterator_to_list(I) ->
    case pairs(I) of
        none -> ?FAIL({badmap, I}, [I]);
        Pairs -> Pairs
    end.

rest_of({K, V, I}) -> [{K, V} | rest_of(next(I))];
rest_of(none) -> [].

%% Native: pairs of a map in its own order, from its start ({more}) or behind a key ({more, Key}).
pairs_behind(_, _) -> erlang:nif_error(undef).

%% Native: the pairs of these keys, as far as they are there, as a map.
pairs_of(_, _) -> erlang:nif_error(undef).

%% ---- Iterators ----
%% `none`, a triple of what comes next, or `[Pairs | Map]` with a list of pairs still to come. Large maps are read some pairs at a time: their list
%% ends in `{more, LastKey}`, or is `{more}` at first.

iterator(M) when map_size(M) =< 32 -> [maps:to_list(M) | M];
iterator(M) when is_map(M) -> [{more} | M];
iterator(M) -> ?FAIL({badmap, M}, [M]).

iterator(M, Order) when is_map(M) ->
    case Order of
        undefined -> iterator(M);
        ordered -> [sorted(fun key_le/2, M) | M];
        reversed -> [sorted(fun(A, B) -> key_le(B, A) end, M) | M];
        F when is_function(F, 2) -> [sorted(F, M) | M];
        _ -> ?FAIL(badarg, [M, Order])
    end;
iterator(M, Order) -> ?FAIL({badmap, M}, [M, Order]).

sorted(F, M) -> lists:sort(fun({A, _}, {B, _}) -> F(A, B) end, maps:to_list(M)).

%% The order of keys in maps: integers before floats, otherwise the order of terms.
key_le(A, B) when is_integer(A), is_float(B) -> true;
key_le(A, B) when is_float(A), is_integer(B) -> false;
key_le(A, B) -> A =< B.

next({K, V, I}) -> {K, V, I};
next(none) -> none;
next([[{K, V} | L] | M]) when is_map(M) -> {K, V, [L | M]};
next([[] | M]) when is_map(M) -> none;
next([Where | M]) when element(1, Where) =:= more, is_map(M) -> next([pairs_behind(M, Where) | M]);
next(I) -> ?FAIL(badarg, [I]).

is_iterator_valid(I) ->
    try next(I) of
        _ -> true
    catch error:badarg -> false
    end.

%% ---- In Erlang ----

new() -> #{}.

size(M) when is_map(M) -> map_size(M);
size(M) -> ?FAIL({badmap, M}, [M]).

get(K, M, Default) when is_map(M) ->
    case M of
        #{K := V} -> V;
        #{} -> Default
    end;
get(K, M, Default) -> ?FAIL({badmap, M}, [K, M, Default]).

update_with(K, F, M) when is_function(F, 1), is_map(M) ->
    case M of
        #{K := V} -> M#{K := F(V)};
        #{} -> erlang:error({badkey, K}, [K, F, M])
    end;
update_with(K, F, M) -> ?FAIL(no_map(M), [K, F, M]).

update_with(K, F, Init, M) when is_function(F, 1), is_map(M) ->
    case M of
        #{K := V} -> M#{K := F(V)};
        #{} -> M#{K => Init}
    end;
update_with(K, F, Init, M) -> ?FAIL(no_map(M), [K, F, Init, M]).

merge_with(F, A, B) when is_function(F, 3), is_map(A), is_map(B) ->
    lists:foldl(
        fun({K, VB}, M) ->
            case A of
                #{K := VA} -> M#{K := F(K, VA, VB)};
                #{} -> M#{K => VB}
            end
        end, A, maps:to_list(B));
merge_with(F, A, B) -> ?FAIL(no_fun_or_maps(F, A, B), [F, A, B]).

intersect(A, B) when is_map(A), is_map(B) -> intersect_with(fun(_, _, V) -> V end, A, B);
intersect(A, B) when is_map(A) -> ?FAIL({badmap, B}, [A, B]);
intersect(A, B) -> ?FAIL({badmap, A}, [A, B]).

%% Walks the smaller map; the values reach the fun in the order of the arguments either way.
intersect_with(F, A, B) when is_function(F, 3), is_map(A), is_map(B), map_size(A) =< map_size(B) ->
    maps:from_list([{K, F(K, VA, map_get(K, B))} || {K, VA} <- maps:to_list(A), is_map_key(K, B)]);
intersect_with(F, A, B) when is_function(F, 3), is_map(A), is_map(B) ->
    maps:from_list([{K, F(K, map_get(K, A), VB)} || {K, VB} <- maps:to_list(B), is_map_key(K, A)]);
intersect_with(F, A, B) -> ?FAIL(no_fun_or_maps(F, A, B), [F, A, B]).

filter(F, M) when is_function(F, 2) ->
    case pairs(M) of
        none -> ?FAIL({badmap, M}, [F, M]);
        Pairs -> maps:from_list([KV || {K, V} = KV <- Pairs, F(K, V)])
    end;
filter(F, M) -> ?FAIL(badarg, [F, M]).

filtermap(F, M) when is_function(F, 2) ->
    case pairs(M) of
        none -> ?FAIL({badmap, M}, [F, M]);
        Pairs -> maps:from_list(filtermap_1(F, Pairs))
    end;
filtermap(F, M) -> ?FAIL(badarg, [F, M]).

filtermap_1(F, [{K, V} = KV | L]) ->
    case F(K, V) of
        true -> [KV | filtermap_1(F, L)];
        {true, New} -> [{K, New} | filtermap_1(F, L)];
        false -> filtermap_1(F, L)
    end;
filtermap_1(_, []) -> [].

fold(F, Acc, M) when is_function(F, 3) ->
    case pairs(M) of
        none -> ?FAIL({badmap, M}, [F, Acc, M]);
        Pairs -> fold_1(F, Acc, Pairs)
    end;
fold(F, Acc, M) -> ?FAIL(badarg, [F, Acc, M]).

fold_1(F, Acc, [{K, V} | L]) -> fold_1(F, F(K, V, Acc), L);
fold_1(_, Acc, []) -> Acc.

foreach(F, M) when is_function(F, 2) ->
    case pairs(M) of
        none -> ?FAIL({badmap, M}, [F, M]);
        Pairs -> foreach_1(F, Pairs)
    end;
foreach(F, M) -> ?FAIL(badarg, [F, M]).

foreach_1(F, [{K, V} | L]) ->
    F(K, V),
    foreach_1(F, L);
foreach_1(_, []) -> ok.

map(F, M) when is_function(F, 2) ->
    case pairs(M) of
        none -> ?FAIL({badmap, M}, [F, M]);
        Pairs -> maps:from_list([{K, F(K, V)} || {K, V} <- Pairs])
    end;
map(F, M) -> ?FAIL(badarg, [F, M]).

with(Ks, M) when is_map(M), length(Ks) >= 0 -> pairs_of(Ks, M);
with(Ks, M) when is_list(Ks), is_map(M) -> with_1(Ks, M, []);
with(Ks, M) -> ?FAIL(no_map(M), [Ks, M]).

with_1([K | Ks], M, Acc) ->
    case M of
        #{K := V} -> with_1(Ks, M, [{K, V} | Acc]);
        #{} -> with_1(Ks, M, Acc)
    end;
with_1([], _, Acc) -> maps:from_list(Acc).

without(Ks, M) when is_list(Ks), is_map(M) -> without_1(Ks, M);
without(Ks, M) -> ?FAIL(no_map(M), [Ks, M]).

without_1([K | Ks], M) -> without_1(Ks, maps:remove(K, M));
without_1([], M) -> M.

groups_from_list(F, L) when is_function(F, 1), length(L) >= 0 ->
    group(F, fun(X) -> X end, lists:reverse(L), #{});
groups_from_list(F, L) -> ?FAIL(badarg, [F, L]).

groups_from_list(F, VF, L) when is_function(F, 1), is_function(VF, 1), length(L) >= 0 ->
    group(F, VF, lists:reverse(L), #{});
groups_from_list(F, VF, L) -> ?FAIL(badarg, [F, VF, L]).

group(F, VF, [X | L], M) ->
    K = F(X),
    V = VF(X),
    case M of
        #{K := Vs} -> group(F, VF, L, M#{K := [V | Vs]});
        #{} -> group(F, VF, L, M#{K => [V]})
    end;
group(_, _, [], M) -> M.

%% What is wrong with arguments that are none.

no_map(M) when is_map(M) -> badarg;
no_map(M) -> {badmap, M}.

no_fun_or_maps(F, _, _) when not is_function(F, 3) -> badarg;
no_fun_or_maps(_, A, _) when not is_map(A) -> {badmap, A};
no_fun_or_maps(_, _, B) -> {badmap, B}.

%% Of a map or an iterator.
pairs(M) when is_map(M) -> maps:to_list(M);
pairs(I) ->
    case is_iterator_valid(I) of
        true -> rest_of(next(I));
        false -> none
    end.

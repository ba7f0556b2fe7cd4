%% Dictionaries: an opaque #dict{} around a map, with the order of iteration being the map's.
-module(dict).

-export([append/3, append_list/3, erase/2, fetch/2, fetch_keys/1, filter/2, find/2, fold/3, from_list/1, is_empty/1,
         is_key/2, map/2, merge/3, new/0, size/1, store/3, take/2, to_list/1, update/3, update/4, update_counter/3]).
-compile({no_auto_import, [size/1]}).

-record(dict, {map = #{}}).

new() -> #dict{}.

from_list(L) when is_list(L) -> lists:foldl(fun({K, V}, D) -> store(K, V, D) end, new(), L).

to_list(#dict{map = M}) -> maps:to_list(M).

size(#dict{map = M}) -> map_size(M).

is_empty(#dict{map = M}) -> map_size(M) =:= 0.

is_key(K, #dict{map = M}) -> is_map_key(K, M).

fetch(K, #dict{map = M} = D) ->
    case M of
        #{K := V} -> V;
        #{} -> erlang:error(badarg, [K, D])
    end.

find(K, #dict{map = M}) -> maps:find(K, M).

fetch_keys(#dict{map = M}) -> maps:keys(M).

erase(K, #dict{map = M}) -> #dict{map = maps:remove(K, M)}.

take(K, #dict{map = M}) ->
    case maps:take(K, M) of
        {V, M1} -> {V, #dict{map = M1}};
        error -> error
    end.

store(K, V, #dict{map = M}) -> #dict{map = M#{K => V}}.

append(K, V, D) -> append_list(K, [V], D).

append_list(K, Vs, #dict{map = M}) when is_list(Vs) ->
    case M of
        #{K := Old} -> #dict{map = M#{K := Old ++ Vs}};
        #{} -> #dict{map = M#{K => Vs}}
    end.

update(K, F, #dict{map = M} = D) ->
    case M of
        #{K := V} -> #dict{map = M#{K := F(V)}};
        #{} -> erlang:error(badarg, [K, F, D])
    end.

update(K, F, Init, #dict{map = M}) ->
    case M of
        #{K := V} -> #dict{map = M#{K := F(V)}};
        #{} -> #dict{map = M#{K => Init}}
    end.

update_counter(K, N, #dict{map = M}) when is_number(N) ->
    case M of
        #{K := V} -> #dict{map = M#{K := V + N}};
        #{} -> #dict{map = M#{K => N}}
    end.

fold(F, Acc, #dict{map = M}) -> lists:foldl(fun({K, V}, A) -> F(K, V, A) end, Acc, maps:to_list(M)).

map(F, #dict{map = M}) -> #dict{map = maps:map(F, M)}.

filter(F, #dict{map = M}) -> #dict{map = maps:filter(F, M)}.

merge(F, #dict{map = A}, #dict{map = B}) -> #dict{map = maps:merge_with(F, A, B)}.

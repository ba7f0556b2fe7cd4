%% Dictionaries: an opaque #dict{} around a map, with the order of iteration being the map's.
-module(dict).

-export([append/3, append_list/3, erase/2, fetch/2, fetch_keys/1, filter/2, find/2, fold/3, from_list/1, is_empty/1,
         is_key/2, map/2, merge/3, new/0, size/1, store/3, take/2, to_list/1, update/3, update/4, update_counter/3]).
-compile({no_auto_import, [size/1]}).

-record(dict, {map = #{}}).

new() -> #dict{}.

from_list(L) ->
    try #dict{map = maps:from_list(L)}
    catch
        error:badarg when is_list(L) -> erlang:error(function_clause, [L]);
        error:badarg -> erlang:error({case_clause, L}, [L])
    end.

to_list(D) -> maps:to_list(D#dict.map).

size(#dict{map = M}) -> map_size(M).

is_empty(#dict{map = M}) -> map_size(M) =:= 0.

is_key(K, D) -> is_map_key(K, D#dict.map).

fetch(K, D) ->
    case D#dict.map of
        #{K := V} -> V;
        #{} -> erlang:error(badarg, [K, D])
    end.

find(K, D) -> maps:find(K, D#dict.map).

fetch_keys(D) -> maps:keys(D#dict.map).

erase(K, D) -> #dict{map = maps:remove(K, D#dict.map)}.

take(K, D) ->
    case maps:take(K, D#dict.map) of
        {V, M} -> {V, #dict{map = M}};
        error -> error
    end.

store(K, V, D) ->
    M = D#dict.map,
    #dict{map = M#{K => V}}.

append(K, V, D) -> append_list(K, [V], D).

append_list(K, Vs, D) ->
    case D#dict.map of
        #{K := Old} = M -> #dict{map = M#{K := Old ++ Vs}};
        #{} = M -> #dict{map = M#{K => Vs}}
    end.

update(K, F, D) ->
    case D#dict.map of
        #{K := V} = M -> #dict{map = M#{K := F(V)}};
        #{} -> erlang:error(badarg, [K, F, D])
    end.

update(K, F, Init, D) ->
    case D#dict.map of
        #{K := V} = M -> #dict{map = M#{K := F(V)}};
        #{} = M -> #dict{map = M#{K => Init}}
    end.

update_counter(K, N, D) when is_number(N) ->
    case D#dict.map of
        #{K := V} = M -> #dict{map = M#{K := V + N}};
        #{} = M -> #dict{map = M#{K => N}}
    end.

fold(F, Acc, D) -> lists:foldl(fun({K, V}, A) -> F(K, V, A) end, Acc, maps:to_list(D#dict.map)).

map(F, D) ->
    M = D#dict.map,
    case is_function(F, 2) of
        true -> #dict{map = maps:map(F, M)};
        false -> #dict{map = maps:from_list([{K, F(K, V)} || {K, V} <- maps:to_list(M)])}
    end.

filter(F, D) -> #dict{map = maps:from_list([KV || {K, V} = KV <- maps:to_list(D#dict.map), F(K, V)])}.

merge(F, A, B) -> #dict{map = maps:merge_with(F, A#dict.map, B#dict.map)}.

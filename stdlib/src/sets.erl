%% Sets, in both versions: version 2 is a map of elements to [], version 1 a hash table of buckets in a record.
%%
%% Version 1 exists for programs that ask for it (or hold such terms); its table is a fixed width tree of buckets grown by linear
%% hashing. Here it is a #set{} around a map from bucket number to list, which keeps the documented behaviour (=:= comparison, opaque).
-module(sets).

-export([add_element/2, del_element/2, filter/2, filtermap/2, fold/3, from_list/1, from_list/2, intersection/1,
         intersection/2, is_disjoint/2, is_element/2, is_empty/1, is_equal/2, is_set/1, is_subset/2, map/2, new/0,
         new/1, size/1, subtract/2, to_list/1, union/1, union/2]).
-export([common_keys/2, has_all_keys/2, has_common_key/2, other_keys/2]).
-compile({no_auto_import, [size/1]}).

-record(set, {table = #{}}).

%% Since OTP 28 the map is the default; up to 27 the record is, and `sets:new()` there is no map. Both answer every question alike.
new() -> #{}.

new([{version, 1}]) -> #set{};
new(Opts) ->
    case proplists:get_value(version, Opts, 2) of
        1 -> #set{};
        2 -> #{}
    end.

from_list(L) -> from_list(L, []).

from_list(L, Opts) ->
    case new(Opts) of
        #set{} -> #set{table = keys(L)};
        _ -> keys(L)
    end.

keys(L) ->
    try maps:from_keys(L, [])
    catch
        error:badarg when is_list(L) -> erlang:error(function_clause, [L]);
        error:badarg -> erlang:error({case_clause, L}, [L])
    end.

is_set(#set{table = T}) -> is_map(T);
is_set(S) -> is_map(S).

size(#set{table = T}) -> map_size(T);
size(S) when is_map(S) -> map_size(S).

is_empty(#set{table = T}) -> map_size(T) =:= 0;
is_empty(S) when is_map(S) -> map_size(S) =:= 0.

to_list(#set{table = T}) -> maps:keys(T);
to_list(S) when is_map(S) -> maps:keys(S).

is_element(E, #set{table = T}) -> is_map_key(E, T);
is_element(E, S) when is_map(S) -> is_map_key(E, S).

add_element(E, #set{table = T}) -> #set{table = T#{E => []}};
add_element(E, S) when is_map(S) -> S#{E => []}.

del_element(E, #set{table = T}) -> #set{table = maps:remove(E, T)};
del_element(E, S) when is_map(S) -> maps:remove(E, S).

table(#set{table = T}) -> T;
table(S) when is_map(S) -> S.

%% A result has the version of the first argument.
like(#set{}, T) -> #set{table = T};
like(_, T) -> T.

is_equal(A, B) -> table(A) =:= table(B).

union(A, B) -> like(A, maps:merge(table(A), table(B))).

union([A, B | Ss]) -> union([union(A, B) | Ss]);
union([S]) -> S;
union([]) -> new().

intersection(A, B) -> like(A, common(table(A), table(B))).

common(TA, TB) when map_size(TA) > map_size(TB) -> common_keys(TB, TA);
common(TA, TB) -> common_keys(TA, TB).

intersection([A, B | Ss]) -> intersection([intersection(A, B) | Ss]);
intersection([S]) -> S.

is_disjoint(A, B) -> not has_common_key(table(A), table(B)).

subtract(A, _) when A =:= #{} -> A;
subtract(A, B) -> like(A, without(table(A), table(B))).

%% Few are taken out one by one; else what stays is put together anew.
without(TA, TB) when map_size(TB) * 4 < map_size(TA) -> maps:without(maps:keys(TB), TA);
without(TA, TB) -> other_keys(TA, TB).

is_subset(A, _) when A =:= #{} -> true;
is_subset(A, B) -> has_all_keys(table(A), table(B)).

%% ---- Natives: two maps; the last two answer a map ----

has_common_key(_, _) -> erlang:nif_error(undef).
has_all_keys(_, _) -> erlang:nif_error(undef).
common_keys(_, _) -> erlang:nif_error(undef).
other_keys(_, _) -> erlang:nif_error(undef).

fold(F, Acc, S) when is_function(F, 2) -> lists:foldl(F, Acc, to_list(S)).

filter(F, S) when is_function(F, 1) -> like(S, maps:from_keys([E || E <- to_list(S), F(E)], [])).

map(F, S) when is_function(F, 1) -> like(S, maps:from_keys([F(E) || E <- to_list(S)], [])).

filtermap(F, S) when is_function(F, 1) -> like(S, maps:from_keys(lists:filtermap(F, to_list(S)), [])).

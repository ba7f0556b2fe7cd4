%% Dictionaries as lists of pairs ordered by key; keys that compare equal (==) are the same key.
-module(orddict).

-export([append/3, append_list/3, erase/2, fetch/2, fetch_keys/1, filter/2, find/2, fold/3, from_list/1, is_empty/1,
         is_key/2, map/2, merge/3, new/0, size/1, store/3, take/2, to_list/1, update/3, update/4, update_counter/3]).
-compile({no_auto_import, [size/1]}).

new() -> [].

to_list(D) -> D.

from_list([]) -> [];
from_list([{_, _}] = L) -> L;
from_list(L) -> lists:ukeysort(1, lists:reverse(check(L, []))).

%% The last of equal keys counts, so the list is reversed before its first ones are kept.
check([{_, _} = P | T], Acc) -> check(T, [P | Acc]);
check([], Acc) -> lists:reverse(Acc).

size(D) -> length(D).

is_empty([]) -> true;
is_empty([_ | _]) -> false.

is_key(K, [{X, _} | _]) when K < X -> false;
is_key(K, [{X, _} | D]) when K > X -> is_key(K, D);
is_key(_, [{_, _} | _]) -> true;
is_key(_, []) -> false.

fetch(K, [{X, _} | D]) when K > X -> fetch(K, D);
fetch(K, [{X, V} | _]) when K == X -> V.

find(K, [{X, _} | _]) when K < X -> error;
find(K, [{X, _} | D]) when K > X -> find(K, D);
find(_, [{_, V} | _]) -> {ok, V};
find(_, []) -> error.

fetch_keys([{K, _} | D]) -> [K | fetch_keys(D)];
fetch_keys([]) -> [].

erase(K, [{X, _} | _] = D) when K < X -> D;
erase(K, [{X, _} = E | D]) when K > X -> [E | erase(K, D)];
erase(_, [{_, _} | D]) -> D;
erase(_, []) -> [].

take(K, D) -> take(K, D, []).

take(K, [{X, _} | _], _) when K < X -> error;
take(K, [{X, _} = E | D], Acc) when K > X -> take(K, D, [E | Acc]);
take(_, [{_, V} | D], Acc) -> {V, lists:reverse(Acc, D)};
take(_, [], _) -> error.

store(K, V, [{X, _} | _] = D) when K < X -> [{K, V} | D];
store(K, V, [{X, _} = E | D]) when K > X -> [E | store(K, V, D)];
store(K, V, [{_, _} | D]) -> [{K, V} | D];
store(K, V, []) -> [{K, V}].

append(K, V, [{X, _} | _] = D) when K < X -> [{K, [V]} | D];
append(K, V, [{X, _} = E | D]) when K > X -> [E | append(K, V, D)];
append(K, V, [{_, Old} | D]) -> [{K, Old ++ [V]} | D];
append(K, V, []) -> [{K, [V]}].

append_list(K, Vs, [{X, _} | _] = D) when K < X -> [{K, Vs} | D];
append_list(K, Vs, [{X, _} = E | D]) when K > X -> [E | append_list(K, Vs, D)];
append_list(K, Vs, [{_, Old} | D]) -> [{K, Old ++ Vs} | D];
append_list(K, Vs, []) -> [{K, Vs}].

update(K, F, [{X, _} = E | D]) when K > X -> [E | update(K, F, D)];
update(K, F, [{X, V} | D]) when K == X -> [{K, F(V)} | D].

update(K, _, Init, [{X, _} | _] = D) when K < X -> [{K, Init} | D];
update(K, F, Init, [{X, _} = E | D]) when K > X -> [E | update(K, F, Init, D)];
update(K, F, _, [{_, V} | D]) -> [{K, F(V)} | D];
update(K, _, Init, []) -> [{K, Init}].

update_counter(K, N, [{X, _} | _] = D) when K < X -> [{K, N} | D];
update_counter(K, N, [{X, _} = E | D]) when K > X -> [E | update_counter(K, N, D)];
update_counter(K, N, [{_, V} | D]) -> [{K, V + N} | D];
update_counter(K, N, []) -> [{K, N}].

fold(F, Acc, [{K, V} | D]) -> fold(F, F(K, V, Acc), D);
fold(F, Acc, []) when is_function(F, 3) -> Acc.

map(F, [{K, V} | D]) -> [{K, F(K, V)} | map(F, D)];
map(F, []) when is_function(F, 2) -> [].

filter(F, [{K, V} = E | D]) ->
    case F(K, V) of
        true -> [E | filter(F, D)];
        false -> filter(F, D)
    end;
filter(F, []) when is_function(F, 2) -> [].

merge(F, [{K1, _} = E | D1], [{K2, _} | _] = D2) when K1 < K2 -> [E | merge(F, D1, D2)];
merge(F, [{K1, _} | _] = D1, [{K2, _} = E | D2]) when K1 > K2 -> [E | merge(F, D1, D2)];
merge(F, [{K, V1} | D1], [{_, V2} | D2]) -> [{K, F(K, V1, V2)} | merge(F, D1, D2)];
merge(F, [], D2) when is_function(F, 3) -> D2;
merge(F, D1, []) when is_function(F, 3) -> D1.

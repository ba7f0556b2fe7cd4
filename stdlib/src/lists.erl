%% Lists: folds, searches, sorts, merges, key lists.
%%
%% member/2, reverse/2, keyfind/3, keymember/3 and keysearch/3 are native; their bodies here are the
%% definition that the native ones must agree with. Bad arguments end in function_clause, as callers expect.
-module(lists).

-export([all/2, any/2, append/1, append/2, concat/1, delete/2, droplast/1, dropwhile/2, duplicate/2,
         enumerate/1, enumerate/2, enumerate/3, filter/2, filtermap/2, flatlength/1, flatmap/2,
         flatten/1, flatten/2, foldl/3, foldr/3, foreach/2, join/2, keydelete/3, keyfind/3, keymap/3,
         keymember/3, keymerge/3, keyreplace/4, keysearch/3, keysort/2, keystore/4, keytake/3,
         last/1, map/2, mapfoldl/3, mapfoldr/3, max/1, member/2, merge/1, merge/2, merge/3, merge3/3,
         min/1, nth/2, nthtail/2, partition/2, prefix/2, reverse/1, reverse/2, search/2, seq/2, seq/3,
         sort/1, sort/2, split/2, splitwith/2, sublist/2, sublist/3, subtract/2, suffix/2, sum/1,
         takewhile/2, ukeymerge/3, ukeysort/2, umerge/1, umerge/2, umerge/3, umerge3/3, uniq/1, uniq/2,
         unzip/1, unzip3/1, usort/1, usort/2, zf/2, zip/2, zip/3, zip3/3, zip3/4, zipwith/3, zipwith/4,
         zipwith3/4, zipwith3/5]).
-compile({no_auto_import, [max/2, min/2]}).

%% ---- Natives (definitions) ----

member(_, []) -> false;
member(X, [X | _]) -> true;
member(X, [_ | T]) -> member(X, T);
member(X, L) -> erlang:error(badarg, [X, L]).

reverse([]) -> [];
reverse([_] = L) -> L;
reverse([A, B]) -> [B, A];
reverse([A, B | T]) -> lists:reverse(T, [B, A]).

reverse([], Tail) -> Tail;
reverse([H | T], Tail) -> reverse(T, [H | Tail]);
reverse(L, Tail) -> erlang:error(badarg, [L, Tail]).

keyfind(Key, N, L) when is_integer(N), N > 0 -> keyfind_1(Key, N, L);
keyfind(Key, N, L) -> erlang:error(badarg, [Key, N, L]).

keyfind_1(Key, N, [T | _]) when element(N, T) == Key -> T;
keyfind_1(Key, N, [_ | L]) -> keyfind_1(Key, N, L);
keyfind_1(_, _, []) -> false;
keyfind_1(Key, N, L) -> erlang:error(badarg, [Key, N, L]).

keymember(Key, N, L) -> lists:keyfind(Key, N, L) =/= false.

keysearch(Key, N, L) ->
    case lists:keyfind(Key, N, L) of
        false -> false;
        T -> {value, T}
    end.

%% ---- Building and taking apart ----

append(A, B) -> A ++ B.

append([L]) -> L;
append([L | Ls]) -> L ++ append(Ls);
append([]) -> [].

subtract(A, B) -> A -- B.

nth(1, [H | _]) -> H;
nth(N, [_, _, _, _ | T]) when is_integer(N), N > 4 -> nth(N - 4, T);
nth(N, [_ | T]) when N > 1 -> nth(N - 1, T).

nthtail(0, L) when is_list(L) -> L;
nthtail(1, [_ | T]) -> T;
nthtail(N, [_, _, _, _ | T]) when is_integer(N), N > 4 -> nthtail(N - 4, T);
nthtail(N, [_ | T]) when N > 0 -> nthtail(N - 1, T).

prefix([X | A], [X | B]) -> prefix(A, B);
prefix([], L) when is_list(L) -> true;
prefix([_ | _], L) when is_list(L) -> false.

suffix(Suffix, L) ->
    Skip = length(L) - length(Suffix),
    Skip >= 0 andalso nthtail(Skip, L) =:= Suffix.

droplast([_]) -> [];
droplast([H | T]) -> [H | droplast(T)].

last([X]) -> X;
last([_ | T]) -> last(T).

seq(From, To) when is_integer(From), is_integer(To), From - 1 =< To -> seq_up(From, To, []);
seq(From, To) -> erlang:error(function_clause, [From, To]).

seq(From, To, Step) when is_integer(From), is_integer(To), is_integer(Step) ->
    if
        Step > 0, From - Step =< To -> seq_step(From, To, Step);
        Step < 0, From - Step >= To -> seq_step(From, To, Step);
        Step =:= 0, From =:= To -> [From];
        true -> erlang:error(badarg, [From, To, Step], [{error_info, #{module => erl_stdlib_errors}}])
    end;
seq(From, To, Step) -> erlang:error(badarg, [From, To, Step], [{error_info, #{module => erl_stdlib_errors}}]).

seq_step(From, To, Step) -> seq_down(From, From + ((To - From + Step) div Step - 1) * Step, Step, []).

%% Built from the end, so that nothing has to be reversed; eight at a time.
seq_up(From, To, Acc) when To - From >= 7 -> seq_up(From, To - 8, [To - 7, To - 6, To - 5, To - 4, To - 3, To - 2, To - 1, To | Acc]);
seq_up(From, To, Acc) when From =< To -> seq_up(From, To - 1, [To | Acc]);
seq_up(_, _, Acc) -> Acc.

seq_down(From, X, Step, Acc) when Step > 0, X < From -> Acc;
seq_down(From, X, Step, Acc) when Step < 0, X > From -> Acc;
seq_down(From, X, Step, Acc) -> seq_down(From, X - Step, Step, [X | Acc]).

sum(L) -> sum(L, 0).

sum([H | T], Acc) -> sum(T, Acc + H);
sum([], Acc) -> Acc.

duplicate(N, X) when is_integer(N), N >= 0 -> duplicate(N, X, []).

duplicate(0, _, Acc) -> Acc;
duplicate(N, X, Acc) -> duplicate(N - 1, X, [X | Acc]).

min([H | T]) -> min(T, H).

min([H | T], M) when H < M -> min(T, H);
min([_ | T], M) -> min(T, M);
min([], M) -> M.

max([H | T]) -> max(T, H).

max([H | T], M) when H > M -> max(T, H);
max([_ | T], M) -> max(T, M);
max([], M) -> M.

sublist(L, 1, Len) when is_list(L), is_integer(Len), Len >= 0 -> sublist_1(L, Len);
sublist(L, Start, Len) when is_integer(Start), Start > 1, is_integer(Len), is_list(L) ->
    case drop_up_to(Start - 1, L) of
        [] -> [];
        Rest -> sublist(Rest, Len)
    end.

drop_up_to(0, L) -> L;
drop_up_to(N, [_ | T]) -> drop_up_to(N - 1, T);
drop_up_to(_, []) -> [].

sublist(L, Len) when is_integer(Len), Len >= 0, is_list(L) -> sublist_1(L, Len).

sublist_1([H | T], Len) when Len > 0 -> [H | sublist_1(T, Len - 1)];
sublist_1(_, 0) -> [];
sublist_1(L, Len) when is_list(L), Len > 0 -> [].

delete(X, [X | T]) -> T;
delete(X, [H | T]) -> [H | delete(X, T)];
delete(_, []) -> [].

concat(Things) -> flatmap(fun to_chars/1, Things).

to_chars(X) when is_integer(X) -> integer_to_list(X);
to_chars(X) when is_float(X) -> float_to_list(X);
to_chars(X) when is_atom(X) -> atom_to_list(X);
to_chars(X) when is_list(X) -> X.

flatten(L) when is_list(L) -> flatten_1(L, []).

flatten(L, Tail) when is_list(L), is_list(Tail) -> flatten_1(L, Tail).

flatten_1([H | T], Tail) when is_list(H) -> flatten_1(H, flatten_1(T, Tail));
flatten_1([H | T], Tail) -> [H | flatten_1(T, Tail)];
flatten_1([], Tail) -> Tail.

flatlength(L) -> flatlength(L, 0).

flatlength([H | T], N) when is_list(H) -> flatlength(H, flatlength(T, N));
flatlength([_ | T], N) -> flatlength(T, N + 1);
flatlength([], N) -> N.

join(Sep, [H | T]) -> [H | join_rest(Sep, T)];
join(_, []) -> [].

join_rest(Sep, [H | T]) -> [Sep, H | join_rest(Sep, T)];
join_rest(_, []) -> [].

split(N, L) when is_integer(N), N >= 0, is_list(L) ->
    case split(N, L, []) of
        short -> erlang:error(badarg, [N, L]);
        Parts -> Parts
    end;
split(N, L) -> erlang:error(badarg, [N, L]).

split(0, L, Acc) -> {lists:reverse(Acc), L};
split(N, [H | T], Acc) -> split(N - 1, T, [H | Acc]);
split(_, [], _) -> short.

enumerate(L) -> enumerate(1, 1, L).

enumerate(Index, L) -> enumerate(Index, 1, L).

enumerate(Index, Step, L) when is_integer(Index), is_integer(Step) -> enumerate_1(Index, Step, L).

enumerate_1(I, Step, [H | T]) -> [{I, H} | enumerate_1(I + Step, Step, T)];
enumerate_1(_, _, []) -> [].

%% ---- Zipping ----

zip(A, B) -> zip(A, B, fail).

zip([A | As], [B | Bs], How) -> [{A, B} | zip(As, Bs, How)];
zip([], [], fail) -> [];
zip(As, Bs, trim) when is_list(As), is_list(Bs) -> [];
zip([], [], {pad, {_, _}}) -> [];
zip([], [_ | _] = Bs, {pad, {X, _}}) -> [{X, B} || B <- Bs];
zip([_ | _] = As, [], {pad, {_, Y}}) -> [{A, Y} || A <- As].

unzip(L) -> unzip(L, [], []).

unzip([{A, B} | T], As, Bs) -> unzip(T, [A | As], [B | Bs]);
unzip([], As, Bs) -> {lists:reverse(As), lists:reverse(Bs)}.

zip3(A, B, C) -> zip3(A, B, C, fail).

zip3([A | As], [B | Bs], [C | Cs], How) -> [{A, B, C} | zip3(As, Bs, Cs, How)];
zip3([], [], [], fail) -> [];
zip3(As, Bs, Cs, trim) when is_list(As), is_list(Bs), is_list(Cs) -> [];
zip3([], [], [], {pad, {_, _, _}}) -> [];
zip3(As, Bs, Cs, {pad, {X, Y, Z}} = How) when is_list(As), is_list(Bs), is_list(Cs) ->
    {A, As1} = take_or(As, X),
    {B, Bs1} = take_or(Bs, Y),
    {C, Cs1} = take_or(Cs, Z),
    [{A, B, C} | zip3(As1, Bs1, Cs1, How)].

take_or([H | T], _) -> {H, T};
take_or([], Pad) -> {Pad, []}.

unzip3(L) -> unzip3(L, [], [], []).

unzip3([{A, B, C} | T], As, Bs, Cs) -> unzip3(T, [A | As], [B | Bs], [C | Cs]);
unzip3([], As, Bs, Cs) -> {lists:reverse(As), lists:reverse(Bs), lists:reverse(Cs)}.

zipwith(F, A, B) -> zipwith(F, A, B, fail).

zipwith(F, [A | As], [B | Bs], How) -> [F(A, B) | zipwith(F, As, Bs, How)];
zipwith(F, [], [], fail) when is_function(F, 2) -> [];
zipwith(F, As, Bs, trim) when is_function(F, 2), is_list(As), is_list(Bs) -> [];
zipwith(F, [], [], {pad, {_, _}}) when is_function(F, 2) -> [];
zipwith(F, As, Bs, {pad, {X, Y}} = How) when is_list(As), is_list(Bs) ->
    {A, As1} = take_or(As, X),
    {B, Bs1} = take_or(Bs, Y),
    [F(A, B) | zipwith(F, As1, Bs1, How)].

zipwith3(F, A, B, C) -> zipwith3(F, A, B, C, fail).

zipwith3(F, [A | As], [B | Bs], [C | Cs], How) -> [F(A, B, C) | zipwith3(F, As, Bs, Cs, How)];
zipwith3(F, [], [], [], fail) when is_function(F, 3) -> [];
zipwith3(F, As, Bs, Cs, trim) when is_function(F, 3), is_list(As), is_list(Bs), is_list(Cs) -> [];
zipwith3(F, [], [], [], {pad, {_, _, _}}) when is_function(F, 3) -> [];
zipwith3(F, As, Bs, Cs, {pad, {X, Y, Z}} = How) when is_list(As), is_list(Bs), is_list(Cs) ->
    {A, As1} = take_or(As, X),
    {B, Bs1} = take_or(Bs, Y),
    {C, Cs1} = take_or(Cs, Z),
    [F(A, B, C) | zipwith3(F, As1, Bs1, Cs1, How)].

%% ---- Higher-order functions ----

all(F, L) when is_function(F, 1) ->
    case L of
        [H | T] ->
            case F(H) of
                true -> all_1(F, T);
                false -> false
            end;
        [] -> true
    end.

all_1(F, [H | T]) ->
    case F(H) of
        true -> all_1(F, T);
        false -> false
    end;
all_1(_, []) -> true.

any(F, L) when is_function(F, 1) ->
    case L of
        [H | T] ->
            case F(H) of
                true -> true;
                false -> any_1(F, T)
            end;
        [] -> false
    end.

any_1(F, [H | T]) ->
    case F(H) of
        true -> true;
        false -> any_1(F, T)
    end;
any_1(_, []) -> false.

map(F, L) when is_function(F, 1) ->
    case L of
        [H | T] -> [F(H) | map_1(F, T)];
        [] -> []
    end.

map_1(F, [H | T]) -> [F(H) | map_1(F, T)];
map_1(_, []) -> [].

flatmap(F, L) when is_function(F, 1) -> flatmap_1(F, L).

flatmap_1(F, [H | T]) ->
    case F(H) of
        [X] -> [X | flatmap_1(F, T)];
        Xs -> Xs ++ flatmap_1(F, T)
    end;
flatmap_1(_, []) -> [].

foldl(F, Acc, L) when is_function(F, 2) ->
    case L of
        [H | T] -> foldl_1(F, F(H, Acc), T);
        [] -> Acc
    end.

foldl_1(F, Acc, [H | T]) -> foldl_1(F, F(H, Acc), T);
foldl_1(_, Acc, []) -> Acc.

foldr(F, Acc, L) when is_function(F, 2) -> foldr_1(F, Acc, L).

foldr_1(F, Acc, [H | T]) -> F(H, foldr_1(F, Acc, T));
foldr_1(_, Acc, []) -> Acc.

filter(F, L) when is_function(F, 1) -> [X || X <- L, F(X)].

partition(F, L) when is_function(F, 1) -> partition(F, L, [], []).

partition(F, [H | T], In, Out) ->
    case F(H) of
        true -> partition(F, T, [H | In], Out);
        false -> partition(F, T, In, [H | Out])
    end;
partition(_, [], In, Out) -> {lists:reverse(In), lists:reverse(Out)}.

filtermap(F, L) when is_function(F, 1) -> filtermap_1(F, L).

filtermap_1(F, [H | T]) ->
    case F(H) of
        true -> [H | filtermap_1(F, T)];
        {true, X} -> [X | filtermap_1(F, T)];
        false -> filtermap_1(F, T)
    end;
filtermap_1(_, []) -> [].

zf(F, L) -> filtermap(F, L).

foreach(F, L) when is_function(F, 1) -> foreach_1(F, L).

foreach_1(F, [H | T]) ->
    F(H),
    foreach_1(F, T);
foreach_1(_, []) -> ok.

mapfoldl(F, Acc, L) when is_function(F, 2) -> mapfoldl_1(F, Acc, L).

mapfoldl_1(F, Acc0, [H | T]) ->
    {X, Acc1} = F(H, Acc0),
    {Xs, Acc} = mapfoldl_1(F, Acc1, T),
    {[X | Xs], Acc};
mapfoldl_1(_, Acc, []) -> {[], Acc}.

mapfoldr(F, Acc, L) when is_function(F, 2) -> mapfoldr_1(F, Acc, L).

mapfoldr_1(F, Acc0, [H | T]) ->
    {Xs, Acc1} = mapfoldr_1(F, Acc0, T),
    {X, Acc} = F(H, Acc1),
    {[X | Xs], Acc};
mapfoldr_1(_, Acc, []) -> {[], Acc}.

takewhile(F, L) when is_function(F, 1) -> takewhile_1(F, L).

takewhile_1(F, [H | T]) ->
    case F(H) of
        true -> [H | takewhile_1(F, T)];
        false -> []
    end;
takewhile_1(_, []) -> [].

dropwhile(F, L) when is_function(F, 1) -> dropwhile_1(F, L).

dropwhile_1(F, [H | T] = L) ->
    case F(H) of
        true -> dropwhile_1(F, T);
        false -> L
    end;
dropwhile_1(_, []) -> [].

splitwith(F, L) when is_function(F, 1) -> splitwith(F, L, []).

splitwith(F, [H | T] = L, Acc) ->
    case F(H) of
        true -> splitwith(F, T, [H | Acc]);
        false -> {lists:reverse(Acc), L}
    end;
splitwith(_, [], Acc) -> {lists:reverse(Acc), []}.

search(F, L) when is_function(F, 1) -> search_1(F, L).

search_1(F, [H | T]) ->
    case F(H) of
        true -> {value, H};
        false -> search_1(F, T)
    end;
search_1(_, []) -> false.

uniq(L) -> uniq_1(L, #{}).

uniq_1([H | T], Seen) when is_map_key(H, Seen) -> uniq_1(T, Seen);
uniq_1([H | T], Seen) -> [H | uniq_1(T, Seen#{H => []})];
uniq_1([], _) -> [].

uniq(F, L) when is_function(F, 1) -> uniq_2(F, L, #{}).

uniq_2(F, [H | T], Seen) ->
    Key = F(H),
    case Seen of
        #{Key := _} -> uniq_2(F, T, Seen);
        #{} -> [H | uniq_2(F, T, Seen#{Key => []})]
    end;
uniq_2(_, [], _) -> [].

%% ---- Lists of tuples ----

keydelete(Key, N, L) when is_integer(N), N > 0 -> keydelete_1(Key, N, L).

keydelete_1(Key, N, [T | L]) when element(N, T) == Key -> L;
keydelete_1(Key, N, [T | L]) -> [T | keydelete_1(Key, N, L)];
keydelete_1(_, _, []) -> [].

keyreplace(Key, N, L, New) when is_integer(N), N > 0, is_tuple(New) -> keyreplace_1(Key, N, L, New).

keyreplace_1(Key, N, [T | L], New) when element(N, T) == Key -> [New | L];
keyreplace_1(Key, N, [T | L], New) -> [T | keyreplace_1(Key, N, L, New)];
keyreplace_1(_, _, [], _) -> [].

keystore(Key, N, L, New) when is_integer(N), N > 0, is_tuple(New) -> keystore_1(Key, N, L, New).

keystore_1(Key, N, [T | L], New) when element(N, T) == Key -> [New | L];
keystore_1(Key, N, [T | L], New) -> [T | keystore_1(Key, N, L, New)];
keystore_1(_, _, [], New) -> [New].

keytake(Key, N, L) when is_integer(N), N > 0 -> keytake(Key, N, L, []).

keytake(Key, N, [T | L], Acc) when element(N, T) == Key -> {value, T, lists:reverse(Acc, L)};
keytake(Key, N, [T | L], Acc) -> keytake(Key, N, L, [T | Acc]);
keytake(_, _, [], _) -> false.

keymap(F, N, [T | L]) -> [setelement(N, T, F(element(N, T))) | keymap(F, N, L)];
keymap(F, N, []) when is_integer(N), N >= 1, is_function(F, 1) -> [].

%% ---- Sorting ----
%%
%% By the order of terms the natives sort (vm/src/bifs/lists.rs); of equal elements the first stays in front.

sort([_, _ | _] = L) -> checked(erts_internal:sort_list(0, L), 0, L);
sort([_] = L) -> L;
sort([]) -> [].

usort([_, _ | _] = L) -> checked(erts_internal:usort_list(0, L), 0, L);
usort([_] = L) -> L;
usort([]) -> [].

keysort(N, L) when is_integer(N), N > 0 ->
    case L of
        [_, _ | _] -> checked(erts_internal:sort_list(N, L), N, L);
        [_] -> L;
        [] -> L
    end.

ukeysort(N, L) when is_integer(N), N > 0 ->
    case L of
        [_, _ | _] -> checked(erts_internal:usort_list(N, L), N, L);
        [_] -> L;
        [] -> L
    end.

%% The natives answer `false` for what is no list of tuples of that size, or no list.
checked(false, N, L) -> check_keys(N, L);
checked(Sorted, _, _) -> Sorted.

check_keys(0, [_ | T]) -> check_keys(0, T);
check_keys(N, [H | T]) ->
    _ = element(N, H),
    check_keys(N, T).

%% Through a fun, `sort` and `usort` share one engine. `Le` says whether
%% its first argument may stand before its second; `Same` is true where equal elements are to be dropped.
sort(F, []) when is_function(F, 2) -> [];
sort(F, [_ | _] = L) when is_function(F, 2) -> sort_by(F, false, L);
sort(F, [A, B | _]) -> F(A, B).

usort(F, L) when is_function(F, 2) -> sort_by(F, true, L).

sort_by(_, _, []) -> [];
sort_by(_, _, [_] = L) -> L;
sort_by(Le, Uniq, [X | L]) -> runs_by(Le, Uniq, L, X, [], []).

%% Only ascending runs are collected here; a fun may be costly, and one call must settle each element.
runs_by(Le, Uniq, [H | T], Last, Run, Runs) ->
    case Le(Last, H) of
        true when Uniq ->
            case Le(H, Last) of
                true -> runs_by(Le, Uniq, T, Last, Run, Runs);
                false -> runs_by(Le, Uniq, T, H, [Last | Run], Runs)
            end;
        true -> runs_by(Le, Uniq, T, H, [Last | Run], Runs);
        false when Run =:= [] -> down_by(Le, Uniq, T, H, [Last], Runs);
        false -> runs_by(Le, Uniq, T, H, [], [[Last | Run] | Runs])
    end;
runs_by(Le, Uniq, [], Last, Run, Runs) -> descend_by(Le, Uniq, [[Last | Run] | Runs], []).

down_by(Le, Uniq, [H | T], Last, Run, Runs) ->
    case Le(Last, H) of
        true -> runs_by(Le, Uniq, [H | T], Last, [], [lists:reverse(Run) | Runs]);
        false -> down_by(Le, Uniq, T, H, [Last | Run], Runs)
    end;
down_by(Le, Uniq, [], Last, Run, Runs) ->
    descend_by(Le, Uniq, [lists:reverse(Run, [Last]) | Runs], []).

descend_by(Le, U, [B, A | Runs], Acc) -> descend_by(Le, U, Runs, [greater_by(Le, U, A, B, []) | Acc]);
descend_by(_, _, [A], []) -> lists:reverse(A);
descend_by(Le, U, [A], Acc) -> ascend_by(Le, U, [lists:reverse(A) | Acc], []);
descend_by(_, _, [], [A]) -> A;
descend_by(Le, U, [], Acc) -> ascend_by(Le, U, Acc, []).

ascend_by(Le, U, [A, B | Runs], Acc) -> ascend_by(Le, U, Runs, [less_by(Le, U, A, B, []) | Acc]);
ascend_by(_, _, [A], []) -> A;
ascend_by(Le, U, [A], Acc) -> descend_by(Le, U, [lists:reverse(A) | Acc], []);
ascend_by(Le, U, [], Acc) -> descend_by(Le, U, Acc, []).

greater_by(Le, U, [A | As] = L, [B | Bs] = R, Acc) ->
    case Le(A, B) of
        true when U ->
            case Le(B, A) of
                true -> greater_by(Le, U, L, Bs, Acc);
                false -> greater_by(Le, U, L, Bs, [B | Acc])
            end;
        true -> greater_by(Le, U, L, Bs, [B | Acc]);
        false -> greater_by(Le, U, As, R, [A | Acc])
    end;
greater_by(_, _, [], Bs, Acc) -> lists:reverse(Bs, Acc);
greater_by(_, _, As, [], Acc) -> lists:reverse(As, Acc).

less_by(Le, U, [A | As] = L, [B | Bs] = R, Acc) ->
    case Le(A, B) of
        true when U ->
            case Le(B, A) of
                true -> less_by(Le, U, L, Bs, Acc);
                false -> less_by(Le, U, As, R, [A | Acc])
            end;
        true -> less_by(Le, U, As, R, [A | Acc]);
        false -> less_by(Le, U, L, Bs, [B | Acc])
    end;
less_by(_, _, [], Bs, Acc) -> lists:reverse(Bs, Acc);
less_by(_, _, As, [], Acc) -> lists:reverse(As, Acc).

%% ---- Merging sorted lists ----

merge(Ls) -> by_pairs(fun merge/2, Ls).

%% Neighbours first, so that no list is walked more often than the logarithm of how many there are.
by_pairs(_, []) -> [];
by_pairs(_, [L]) -> L;
by_pairs(F, Ls) -> by_pairs(F, pairs(F, Ls)).

pairs(F, [A, B | Ls]) -> [F(A, B) | pairs(F, Ls)];
pairs(_, [L]) -> [L];
pairs(_, []) -> [].

merge([A | As], [B | _] = Bs) when A =< B -> [A | merge(As, Bs)];
merge([_ | _] = As, [B | Bs]) -> [B | merge(As, Bs)];
merge([], Bs) when is_list(Bs) -> proper(Bs);
merge(As, []) when is_list(As) -> proper(As);
merge(As, []) -> As.

%% The rest of one list when the other has ended.
proper(L) ->
    _ = length(L),
    L.

merge3(A, B, C) -> merge(merge(A, B), C).

merge(F, As, Bs) when is_function(F, 2) -> merge_by(F, As, Bs).

merge_by(F, [A | As] = L, [B | Bs] = R) ->
    case F(A, B) of
        true -> [A | merge_by(F, As, R)];
        false -> [B | merge_by(F, L, Bs)]
    end;
merge_by(_, [], Bs) when is_list(Bs) -> proper(Bs);
merge_by(_, As, []) when is_list(As) -> proper(As).

umerge(Ls) -> by_pairs(fun umerge/2, Ls).

umerge([A | As], [B | _] = Bs) when A < B -> [A | umerge(As, Bs)];
umerge([A | _] = As, [B | Bs]) when A == B -> umerge(As, Bs);
umerge([_ | _] = As, [B | Bs]) -> [B | umerge(As, Bs)];
umerge([], Bs) when is_list(Bs) -> proper(Bs);
umerge([], Bs) -> Bs;
umerge(As, []) when is_list(As) -> proper(As).

umerge3(A, B, C) -> umerge(umerge(A, B), C).

umerge(F, As, Bs) when is_function(F, 2) -> umerge_by(F, As, Bs).

umerge_by(F, [A | As] = L, [B | Bs] = R) ->
    case F(A, B) of
        true ->
            case F(B, A) of
                true -> umerge_by(F, L, Bs);
                false -> [A | umerge_by(F, As, R)]
            end;
        false -> [B | umerge_by(F, L, Bs)]
    end;
umerge_by(_, [], Bs) when is_list(Bs) -> proper(Bs);
umerge_by(_, As, []) when is_list(As) -> proper(As).

%% Each key is taken out once.
keymerge(N, As, Bs) when is_integer(N), N > 0 ->
    case Bs of
        [] -> As;
        [B | Rest] -> keymerge_a(N, As, element(N, B), B, Rest)
    end.

keymerge_a(N, [A | As], KB, B, Bs) -> keymerge_ab(N, element(N, A), A, As, KB, B, Bs);
keymerge_a(_, [], _, B, Bs) -> [B | proper(Bs)].

keymerge_ab(N, KA, A, As, KB, B, Bs) when KA =< KB -> [A | keymerge_a(N, As, KB, B, Bs)];
keymerge_ab(N, KA, A, As, _, B, Bs) -> [B | keymerge_b(N, KA, A, As, Bs)].

keymerge_b(N, KA, A, As, [B | Bs]) -> keymerge_ab(N, KA, A, As, element(N, B), B, Bs);
keymerge_b(_, _, A, As, []) -> [A | proper(As)].

ukeymerge(N, As, Bs) when is_integer(N), N > 0 ->
    case As of
        [] -> Bs;
        [A | Rest] -> ukeymerge_b(N, element(N, A), A, Rest, Bs)
    end.

ukeymerge_a(N, [A | As], KB, B, Bs) -> ukeymerge_ab(N, element(N, A), A, As, KB, B, Bs);
ukeymerge_a(_, [], _, B, Bs) -> [B | proper(Bs)].

ukeymerge_ab(N, KA, A, As, KB, B, Bs) when KA < KB -> [A | ukeymerge_a(N, As, KB, B, Bs)];
ukeymerge_ab(N, KA, A, As, KB, _, Bs) when KA == KB -> ukeymerge_b(N, KA, A, As, Bs);
ukeymerge_ab(N, KA, A, As, _, B, Bs) -> [B | ukeymerge_b(N, KA, A, As, Bs)].

ukeymerge_b(N, KA, A, As, [B | Bs]) -> ukeymerge_ab(N, KA, A, As, element(N, B), B, Bs);
ukeymerge_b(_, _, A, As, []) -> [A | proper(As)].

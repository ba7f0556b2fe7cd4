%% Double-ended queues.
%%
%% {Rear, Front}: Rear holds the last elements reversed, Front the first ones in order. Both are non-empty whenever the queue has two or
%% more elements, so that either end is reached at once; a lone element is in Front or in Rear.
-module(queue).

-export([all/2, any/2, cons/2, daeh/1, delete/2, delete_r/2, delete_with/2, delete_with_r/2, drop/1, drop_r/1,
         filter/2, filtermap/2, fold/3, from_list/1, get/1, get_r/1, head/1, in/2, in_r/2, init/1, is_empty/1,
         is_queue/1, join/2, lait/1, last/1, len/1, liat/1, member/2, new/0, out/1, out_r/1, peek/1, peek_r/1,
         reverse/1, snoc/2, split/2, tail/1, to_list/1]).
-compile({no_auto_import, [get/1]}).

new() -> {[], []}.

is_queue({R, F}) when is_list(R), is_list(F) -> true;
is_queue(_) -> false.

is_empty({[], []}) -> true;
is_empty({R, F}) when is_list(R), is_list(F) -> false;
is_empty(Q) -> erlang:error(badarg, [Q]).

len({R, F}) when is_list(R), is_list(F) -> length(R) + length(F);
len(Q) -> erlang:error(badarg, [Q]).

to_list({R, F}) when is_list(R), is_list(F) -> F ++ lists:reverse(R);
to_list(Q) -> erlang:error(badarg, [Q]).

from_list(L) when is_list(L) -> from_front(L);
from_list(L) -> erlang:error(badarg, [L]).

member(X, {R, F}) when is_list(R), is_list(F) -> lists:member(X, R) orelse lists:member(X, F);
member(X, Q) -> erlang:error(badarg, [X, Q]).

%% Halves: what was one list is shared out so that neither end is empty.
from_front(L) ->
    {F, R} = lists:split(length(L) div 2, L),
    {lists:reverse(R), F}.

from_rear(L) ->
    {R, F} = lists:split(length(L) div 2, L),
    {R, lists:reverse(F)}.

in(X, {[_] = R, []}) -> {[X], R};
in(X, {R, F}) when is_list(R), is_list(F) -> {[X | R], F};
in(X, Q) -> erlang:error(badarg, [X, Q]).

in_r(X, {[], [_] = F}) -> {F, [X]};
in_r(X, {R, F}) when is_list(R), is_list(F) -> {R, [X | F]};
in_r(X, Q) -> erlang:error(badarg, [X, Q]).

out({[], []} = Q) -> {empty, Q};
out({[X], []}) -> {{value, X}, {[], []}};
out({R, [X]}) -> {{value, X}, from_rear(R)};
out({R, [X | F]}) when is_list(R) -> {{value, X}, {R, F}};
out(Q) -> erlang:error(badarg, [Q]).

out_r({[], []} = Q) -> {empty, Q};
out_r({[], [X]}) -> {{value, X}, {[], []}};
out_r({[X], F}) when is_list(F) -> {{value, X}, from_front(F)};
out_r({[X | R], F}) when is_list(F) -> {{value, X}, {R, F}};
out_r(Q) -> erlang:error(badarg, [Q]).

get({[], []} = Q) -> erlang:error(empty, [Q]);
get({_, [X | _]}) -> X;
get({[_ | _] = R, []}) -> lists:last(R);
get(Q) -> erlang:error(badarg, [Q]).

get_r({[], []} = Q) -> erlang:error(empty, [Q]);
get_r({[X | _], F}) when is_list(F) -> X;
get_r({[], [_ | _] = F}) -> lists:last(F);
get_r(Q) -> erlang:error(badarg, [Q]).

peek({[], []}) -> empty;
peek({_, [X | _]}) -> {value, X};
peek({[_ | _] = R, []}) -> {value, lists:last(R)};
peek(Q) -> erlang:error(badarg, [Q]).

peek_r({[], []}) -> empty;
peek_r({[X | _], _}) -> {value, X};
peek_r({[], [_ | _] = F}) -> {value, lists:last(F)};
peek_r(Q) -> erlang:error(badarg, [Q]).

drop({[], []} = Q) -> erlang:error(empty, [Q]);
drop(Q) ->
    try out(Q) of
        {_, Q1} -> Q1
    catch error:badarg -> erlang:error(badarg, [Q])
    end.

drop_r({[], []} = Q) -> erlang:error(empty, [Q]);
drop_r(Q) ->
    try out_r(Q) of
        {_, Q1} -> Q1
    catch error:badarg -> erlang:error(badarg, [Q])
    end.

reverse({R, F}) when is_list(R), is_list(F) -> {F, R};
reverse(Q) -> erlang:error(badarg, [Q]).

join({R, F} = Q, {[], []}) when is_list(R), is_list(F) -> Q;
join({[], []}, {R, F} = Q) when is_list(R), is_list(F) -> Q;
join({R1, F1}, {R2, F2}) when is_list(R1), is_list(F1), is_list(R2), is_list(F2) ->
    {R2, F1 ++ lists:reverse(R1, F2)};
join(A, B) -> erlang:error(badarg, [A, B]).

split(N, {R, F} = Q) when is_integer(N), N >= 0, is_list(R), is_list(F) ->
    L = to_list(Q),
    case N =< length(L) of
        true ->
            {A, B} = lists:split(N, L),
            {from_front(A), from_front(B)};
        false -> erlang:error(badarg, [N, Q])
    end;
split(N, Q) -> erlang:error(badarg, [N, Q]).

filter(F, {Rear, Front} = Q) when is_function(F, 1), is_list(Rear), is_list(Front) ->
    from_front(lists:flatmap(
        fun(X) ->
            case F(X) of
                true -> [X];
                false -> [];
                L when is_list(L) -> L
            end
        end, to_list(Q)));
filter(F, Q) -> erlang:error(badarg, [F, Q]).

filtermap(F, {Rear, Front} = Q) when is_function(F, 1), is_list(Rear), is_list(Front) ->
    from_front(lists:filtermap(F, to_list(Q)));
filtermap(F, Q) -> erlang:error(badarg, [F, Q]).

fold(F, Acc, {Rear, Front}) when is_function(F, 2), is_list(Rear), is_list(Front) ->
    lists:foldr(F, lists:foldl(F, Acc, Front), Rear);
fold(F, Acc, Q) -> erlang:error(badarg, [F, Acc, Q]).

any(P, {R, F}) when is_function(P, 1), is_list(R), is_list(F) -> lists:any(P, F) orelse lists:any(P, R);
any(P, Q) -> erlang:error(badarg, [P, Q]).

all(P, {R, F}) when is_function(P, 1), is_list(R), is_list(F) -> lists:all(P, F) andalso lists:all(P, R);
all(P, Q) -> erlang:error(badarg, [P, Q]).

delete(X, {R, F} = Q) when is_list(R), is_list(F) -> delete_first(fun(Y) -> Y =:= X end, Q);
delete(X, Q) -> erlang:error(badarg, [X, Q]).

delete_with(P, {R, F} = Q) when is_function(P, 1), is_list(R), is_list(F) -> delete_first(P, Q);
delete_with(P, Q) -> erlang:error(badarg, [P, Q]).

delete_first(P, Q) ->
    case lists:splitwith(fun(Y) -> not P(Y) end, to_list(Q)) of
        {_, []} -> Q;
        {A, [_ | B]} -> from_front(A ++ B)
    end.

delete_r(X, Q) -> delete_last(fun(Y) -> Y =:= X end, Q, [X, Q]).

delete_with_r(P, Q) when is_function(P, 1) -> delete_last(P, Q, [P, Q]);
delete_with_r(P, Q) -> erlang:error(badarg, [P, Q]).

delete_last(P, {R, F} = Q, _) when is_list(R), is_list(F) -> reverse(delete_first(P, reverse(Q)));
delete_last(_, _, Args) -> erlang:error(badarg, Args).

%% ---- The names of Okasaki's book ----

cons(X, Q) -> in_r(X, Q).
head(Q) -> get(Q).
tail(Q) -> drop(Q).
snoc(Q, X) -> in(X, Q).
daeh(Q) -> get_r(Q).
last(Q) -> get_r(Q).
liat(Q) -> drop_r(Q).
lait(Q) -> drop_r(Q).
init(Q) -> drop_r(Q).

%% Queues against lists.
-module(queue_properties).
-include("../properties.hrl").

start() ->
    show(fun() -> forall(80, fun() -> in_step(80, queue:new(), [], fun op/2, fun same/2) end) end).  % expect: {passed,80}

op(Q, L) ->
    X = below(20),
    case below(11) of
        0 -> {{in, X}, queue:in(X, Q), L ++ [X]};
        1 -> {{in_r, X}, queue:in_r(X, Q), [X | L]};
        2 -> {out, element(2, queue:out(Q)), case L of [] -> []; [_ | T] -> T end};
        3 -> {out_r, element(2, queue:out_r(Q)), case L of [] -> []; _ -> lists:droplast(L) end};
        4 -> {reverse, queue:reverse(Q), lists:reverse(L)};
        5 -> {{filter, X}, queue:filter(fun(E) -> E =/= X end, Q), [E || E <- L, E =/= X]};
        6 -> N = below(length(L) + 1), {A, B} = queue:split(N, Q), {{split, N}, queue:join(B, A), lists:nthtail(N, L) ++ lists:sublist(L, N)};
        7 -> {{delete, X}, queue:delete(X, Q), lists:delete(X, L)};
        8 -> {filtermap, queue:filtermap(fun(E) -> E rem 3 =/= 0 andalso {true, E + 1} end, Q), [E + 1 || E <- L, E rem 3 =/= 0]};
        _ -> More = list(6, fun() -> below(20) end), {{join, More}, queue:join(Q, queue:from_list(More)), L ++ More}
    end.

same(Q, L) ->
    queue:to_list(Q) =:= L andalso queue:len(Q) =:= length(L) andalso queue:is_empty(Q) =:= (L =:= []) andalso queue:is_queue(Q)
        andalso queue:peek(Q) =:= (case L of [] -> empty; [H | _] -> {value, H} end)
        andalso queue:peek_r(Q) =:= (case L of [] -> empty; _ -> {value, lists:last(L)} end)
        andalso queue:member(7, Q) =:= lists:member(7, L) andalso queue:fold(fun(E, A) -> [E | A] end, [], Q) =:= lists:reverse(L).

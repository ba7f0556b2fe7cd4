%% stack trace: edge, calls whose result is bound, then returned are tail calls.
-module(stack_trace_edge_returned_calls).
-export([start/0]).

start() ->
    show(fun() -> traced(fun() -> {bound(a)} end) end),  % expect: {failed,[{fails,1}]}
    show(fun() -> traced(fun() -> {twice(a)} end) end),  % expect: {failed,[{fails,1}]}
    show(fun() -> traced(fun() -> {kept(a)} end) end),  % expect: {failed,[{fails,1},{kept,1}]}
    show(fun() -> traced(fun() -> {in_case(a)} end) end),  % expect: {failed,[{fails,1}]}
    show(fun() -> traced(fun() -> {behind(a)} end) end),  % expect: {failed,[{fails,1},{behind,1}]}
    show(fun() -> traced(fun() -> {matched(a)} end) end),  % expect: {failed,[{fails,1}]}
    show(fun() -> traced(fun() -> {in_try(a)} end) end),  % expect: {failed,[{fails,1},{in_try,1}]}
    show(fun() -> traced(fun() -> {opened(a)} end) end),  % expect: {failed,[{fails,1},{opened,1}]}
    show(fun() -> traced(fun() -> {tested(a)} end) end),  % expect: {failed,[{fails,1},{tested,1}]}
    show(fun() -> traced(fun() -> {in_if(a)} end) end),  % expect: {failed,[{fails,1}]}
    show(fun() -> traced(fun() -> {raising(a)} end) end),  % expect: {{mine,a},[{raising,1}]}
    show(fun() -> loop(100000) end).  % expect: true

show(F) ->
    io:format("~w~n", [F()]).

traced(F) ->
    try F() catch error:R:S -> {R, [{N, A} || {?MODULE, N, A, _} <- S, hd(atom_to_list(N)) =/= $-, N =/= start, N =/= traced, N =/= show]} end.

bound(X) -> R = fails(X), R.

twice(X) -> R = S = fails(X), _ = S, R.

kept(X) -> R = fails(X), {R}.

in_case(X) -> R = case X of a -> fails(X); _ -> fails({X}) end, ok, R.

behind(X) -> _ = fails(X), fails(X).

matched(X) -> case fails(X) of R -> begin ok, R end end.

in_try(X) -> try fails(X) of R -> R catch throw:_ -> ok end.

opened(X) -> {fails(X)}, R = begin fails(X) end, R.

tested(X) -> true = fails(X), true.

in_if(X) -> if X =:= a -> R = fails(X), R; true -> ok end.

raising(X) -> R = erlang:error({mine, X}), R.

loop(0) -> erlang:process_info(self(), stack_size) < {stack_size, 1000};
loop(N) -> R = loop(N - 1), R.

fails(X) ->
    case get(unknown) of
        undefined -> error(failed);
        _ -> X
    end.

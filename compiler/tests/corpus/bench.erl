-module(bench).
-compile(export_all).
tak(X, Y, Z) when Y < X -> tak(tak(X-1,Y,Z), tak(Y-1,Z,X), tak(Z-1,X,Y));
tak(_, _, Z) -> Z.
nrev([]) -> [];
nrev([H|T]) -> app(nrev(T), [H]).
app([], L) -> L;
app([H|T], L) -> [H|app(T, L)].
parse(<<C, T/binary>>, Acc) when C >= $0, C =< $9 -> parse(T, [C - $0 | Acc]);
parse(<<$,, T/binary>>, Acc) -> parse(T, [comma|Acc]);
parse(<<"null", T/binary>>, Acc) -> parse(T, [null|Acc]);
parse(<<L:16, S:L/binary, T/binary>>, Acc) -> parse(T, [S|Acc]);
parse(<<>>, Acc) -> lists:reverse(Acc).
build(0, Acc) -> Acc;
build(N, Acc) -> build(N-1, <<Acc/binary, N:32, "x">>).
maps1(0, M) -> M;
maps1(N, M) -> maps1(N-1, M#{N => N*N, last => N}).
maps2(#{a := A, b := B} = M) -> M#{a := B, b := A}.
lc(L, K) -> [{X, Y} || X <- L, X > K, Y <- L].
sum(L) -> lists:foldl(fun(X, A) -> X + A end, 0, L).
sort([]) -> [];
sort([P|T]) -> sort([X || X <- T, X < P]) ++ [P] ++ sort([X || X <- T, X >= P]).
loop(N, Acc) when N > 0 -> loop(N-1, Acc + N * 2 rem 7);
loop(_, Acc) -> Acc.
server(State) ->
    receive
        {call, From, {add, X}} -> From ! {reply, State + X}, server(State + X);
        {call, From, get} -> From ! {reply, State}, server(State);
        {cast, {set, V}} -> server(V);
        stop -> ok;
        _Other -> server(State)
    end.
-record(st, {a = 1, b, c = []}).
rec(#st{a = A, c = [H|_]} = S) when A > H -> S#st{a = H, b = S#st.b + 1};
rec(S) when is_record(S, st) -> S#st.a.
tree(0) -> leaf;
tree(D) -> {node, tree(D-1), tree(D-1)}.
check(leaf) -> 1;
check({node, L, R}) -> check(L) + 1 + check(R).

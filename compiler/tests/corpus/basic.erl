-module(basic).
-compile(export_all).
f(1) -> a;
f(2) -> b;
f([]) -> nil;
f([H|T]) -> {H, f(T)};
f({a, X}) when X > 3, is_integer(X); X =:= b -> X;
f({b, X}) -> X + 1;
f(X) when is_atom(X) -> atom_to_list(X).

fib(N) when N < 2 -> N;
fib(N) -> fib(N-1) + fib(N-2).

case1(X) ->
    case X of
        {ok, V} -> A = V, B = 1;
        error -> A = 2, B = V2 = 7, V2
    end,
    {A, B}.

rcv(Pid) ->
    Pid ! {self(), hello},
    receive
        {Pid, X} when X > 1 -> X;
        stop -> ok
    after 1000 -> timeout
    end.

t1(F) ->
    try F() of
        1 -> one;
        X -> X
    catch
        throw:T -> {thrown, T};
        error:R:S -> {error, R, S};
        exit:_ -> exit
    after
        io:format("after~n")
    end.

t2(F) -> catch F(1, 2).
t3(F) -> X = (catch F(1, 2)), {X, F}.
iff(A, B) -> if A > B -> gt; A < B, is_list(A) -> lt; true -> eq end.
big() -> 123456789012345678901234567890.
flt(X) -> X * 2.5 / 3.
lst(A, B) -> [A, B | "abc"] ++ "def" ++ [A].
andalso1(X, Y) -> X andalso Y.
orelse1(X, Y) -> (X > 1 orelse Y < 2) andalso {X, Y}.
neg(X) -> -X + bnot X.
apply1(M, F, A) -> M:F(A), M:foo(), apply(M, F, [A]).

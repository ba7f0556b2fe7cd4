%% Strings against naive functions on lists of characters.
-module(string_properties).
-include("../properties.hrl").

start() ->
    show(fun() -> forall(200, fun splits/0) end),  % expect: {passed,200}
    show(fun() -> forall(200, fun trims/0) end),  % expect: {passed,200}
    show(fun() -> forall(200, fun slices/0) end),  % expect: {passed,200}
    show(fun() -> forall(200, fun finds/0) end),  % expect: {passed,200}
    show(fun() -> forall(200, fun cases/0) end),  % expect: {passed,200}
    show(fun() -> forall(200, fun lexemes/0) end),  % expect: {passed,200}
    show(fun() -> forall(150, fun old/0) end),  % expect: {passed,150}
    show(fun() -> digest(fun() -> S = text(30), [string:split(S, "a", all), string:lexemes(S, "ab "), string:trim(S), string:titlecase(S), string:reverse(S)] end) end).  % expect: [64091566,7149251,65569315,104815091,125364510]

text(N) -> list(N, fun() -> one_of("aabbc  AB\n") end).

%% The same text as a list, a binary or something in between.
shape(S) ->
    case below(3) of
        0 -> S;
        1 -> list_to_binary(S);
        _ -> {A, B} = lists:split(below(length(S) + 1), S), [A, list_to_binary(B)]
    end.

flat(X) -> unicode:characters_to_list(X).

splits() ->
    S = text(20),
    P = [one_of("abc ") | list(1, fun() -> one_of("ab") end)],
    [flat(X) || X <- string:split(shape(S), P, all)] =:= pieces(S, P, [])
        andalso [flat(X) || X <- string:split(shape(S), P)] =:= first_piece(S, P)
        andalso flat(string:replace(shape(S), P, "--", all)) =:= lists:append(lists:join("--", pieces(S, P, []))).

pieces(S, P, Acc) ->
    case lists:prefix(P, S) of
        true -> [lists:reverse(Acc) | pieces(lists:nthtail(length(P), S), P, [])];
        false when S =:= [] -> [lists:reverse(Acc)];
        false -> pieces(tl(S), P, [hd(S) | Acc])
    end.

first_piece(S, P) ->
    case pieces(S, P, []) of
        [One] -> [One];
        [One | _] -> [One, lists:nthtail(length(One) + length(P), S)]
    end.

trims() ->
    S = text(15),
    Cs = one_of([" ", "a", "ab", "\n "]),
    Left = lists:dropwhile(fun(C) -> lists:member(C, Cs) end, S),
    Right = lists:reverse(lists:dropwhile(fun(C) -> lists:member(C, Cs) end, lists:reverse(S))),
    Both = lists:reverse(lists:dropwhile(fun(C) -> lists:member(C, Cs) end, lists:reverse(Left))),
    flat(string:trim(shape(S), leading, Cs)) =:= Left andalso flat(string:trim(shape(S), trailing, Cs)) =:= Right andalso flat(string:trim(shape(S), both, Cs)) =:= Both.

slices() ->
    S = text(20),
    From = below(length(S) + 1),
    N = below(25),
    W = below(30),
    flat(string:slice(shape(S), From, N)) =:= lists:sublist(S, From + 1, N) andalso flat(string:slice(shape(S), From)) =:= lists:nthtail(From, S)
        andalso string:length(shape(S)) =:= length(S) andalso flat(string:reverse(shape(S))) =:= lists:reverse(S)
        andalso flat(string:pad(shape(S), W, trailing, $x)) =:= S ++ lists:duplicate(max(0, W - length(S)), $x)
        andalso flat(string:pad(shape(S), W, leading, $x)) =:= lists:duplicate(max(0, W - length(S)), $x) ++ S.

finds() ->
    S = text(20),
    P = [one_of("abc ") | list(1, fun() -> one_of("ab") end)],
    At = [N || N <- lists:seq(0, length(S)), lists:prefix(P, lists:nthtail(N, S))],
    Want = fun([]) -> nomatch; ([N | _]) -> lists:nthtail(N, S) end,
    found(string:find(shape(S), P)) =:= Want(At) andalso found(string:find(shape(S), P, trailing)) =:= Want(lists:reverse(At))
        andalso (case string:prefix(shape(S), P) of nomatch -> not lists:prefix(P, S); Rest -> P ++ flat(Rest) =:= S end).

found(nomatch) -> nomatch;
found(Rest) -> flat(Rest).

cases() ->
    S = text(20),
    T = text(3),
    Up = [if C >= $a, C =< $z -> C - 32; true -> C end || C <- S],
    flat(string:uppercase(shape(S))) =:= Up andalso flat(string:lowercase(shape(Up))) =:= [if C >= $A, C =< $Z -> C + 32; true -> C end || C <- S]
        andalso string:equal(shape(S), shape(T)) =:= (S =:= T) andalso string:equal(shape(S), shape(Up), true) andalso string:to_graphemes(shape(S)) =:= S
        andalso string:is_empty(shape(T)) =:= (T =:= []).

lexemes() ->
    S = text(20),
    Cs = one_of([" ", "a", "ab", "\n "]),
    {Head, Tail} = lists:splitwith(fun(C) -> lists:member(C, Cs) end, S),
    [flat(X) || X <- string:lexemes(shape(S), Cs)] =:= words(S, Cs, [], []) andalso (case string:take(shape(S), Cs) of {A, B} -> {flat(A), flat(B)} end) =:= {Head, Tail}.

words([], _, [], Ws) -> lists:reverse(Ws);
words([], _, W, Ws) -> lists:reverse([lists:reverse(W) | Ws]);
words([C | S], Cs, W, Ws) ->
    case {lists:member(C, Cs), W} of
        {true, []} -> words(S, Cs, [], Ws);
        {true, _} -> words(S, Cs, [], [lists:reverse(W) | Ws]);
        {false, _} -> words(S, Cs, [C | W], Ws)
    end.

old() ->
    S = text(20),
    C = one_of("ab "),
    At = [N || {N, X} <- lists:zip(lists:seq(1, length(S)), S), X =:= C],
    string:chr(S, C) =:= hd(At ++ [0]) andalso string:rchr(S, C) =:= lists:last([0 | At]) andalso string:tokens(S, [C]) =:= words(S, [C], [], [])
        andalso string:span(S, [C]) =:= length(lists:takewhile(fun(X) -> X =:= C end, S)) andalso string:strip(S, both, C) =:= flat(string:trim(S, both, [C])).

digest(F) -> [begin rand:seed(exsss, S), erlang:phash2(F()) end || S <- [1, 2, 3, 4, 5]].

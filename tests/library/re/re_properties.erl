%% Regular expressions against a matcher that tries every way in the order the language gives.
-module(re_properties).
-include("../properties.hrl").

start() ->
    show(fun() -> forall(400, fun matches/0) end),  % expect: {passed,400}
    show(fun() -> forall(150, fun all_matches/0) end),  % expect: {passed,150}
    show(fun() -> forall(150, fun splits/0) end),  % expect: {passed,150}
    show(fun() -> digest(fun() -> E = expr(3), S = subject(), [catch re:run(S, print(E), [global]), re:split(S, print(E)), re:replace(S, print(E), "<&>", [global, {return, binary}])] end) end).  % expect: [127962782,54112197,20083273,18095393,52641579]

subject() -> list(12, fun() -> one_of("aabbc") end).

%% An expression as a tree.
expr(0) -> one_of([{char, $a}, {char, $b}, {char, $c}, any, {class, "ab"}, {not_class, "a"}]);
expr(D) ->
    case below(6) of
        0 -> {'or', expr(D - 1), expr(D - 1)};
        1 -> {star, simple(D)};
        2 -> {plus, simple(D)};
        3 -> {maybe_, expr(D - 1)};
        4 -> expr(0);
        _ -> {seq, expr(D - 1), expr(D - 1)}
    end.

%% What stands under a star takes at least one character.
simple(D) -> case below(3) of 0 -> {seq, expr(0), expr(0)}; 1 when D > 1 -> {'or', expr(0), expr(0)}; _ -> expr(0) end.

print({char, C}) -> [C];
print(any) -> ".";
print({class, Cs}) -> "[" ++ Cs ++ "]";
print({not_class, Cs}) -> "[^" ++ Cs ++ "]";
print({'or', A, B}) -> "(?:" ++ print(A) ++ "|" ++ print(B) ++ ")";
print({seq, A, B}) -> print(A) ++ print(B);
print({star, A}) -> "(?:" ++ print(A) ++ ")*";
print({plus, A}) -> "(?:" ++ print(A) ++ ")+";
print({maybe_, A}) -> "(?:" ++ print(A) ++ ")?".

%% What is left of the subject after each way to match, best way first.
ways({char, C}, S) -> case S of [C | T] -> [T]; _ -> [] end;
ways(any, S) -> case S of [_ | T] -> [T]; _ -> [] end;
ways({class, Cs}, S) -> case S of [C | T] -> [T || lists:member(C, Cs)]; _ -> [] end;
ways({not_class, Cs}, S) -> case S of [C | T] -> [T || not lists:member(C, Cs)]; _ -> [] end;
ways({'or', A, B}, S) -> ways(A, S) ++ ways(B, S);
ways({seq, A, B}, S) -> lists:append([ways(B, T) || T <- ways(A, S)]);
ways({plus, A}, S) -> lists:append([ways({star, A}, T) || T <- ways(A, S)]);
ways({maybe_, A}, S) -> ways(A, S) ++ [S];
ways({star, A}, S) -> lists:append([ways({star, A}, T) || T <- ways(A, S), length(T) < length(S)]) ++ [S].

first_match(E, S) -> first_match(E, S, 0).
first_match(E, S, At) ->
    case ways(E, S) of
        [Rest | _] -> {At, length(S) - length(Rest)};
        [] when S =:= [] -> nomatch;
        [] -> first_match(E, tl(S), At + 1)
    end.

matches() ->
    E = expr(3),
    S = subject(),
    Want = case first_match(E, S) of nomatch -> nomatch; M -> {match, [M]} end,
    re:run(S, print(E), [{capture, first}]) =:= Want andalso re:run(list_to_binary(S), element(2, re:compile(print(E))), [{capture, first}]) =:= Want
        orelse {print(E), S, Want}.

%% Matches that take something, one behind the other.
all_matches() ->
    E = {plus, expr(0)},
    S = subject(),
    Want = chain(E, S, 0),
    Got = case re:run(S, print(E), [global, {capture, first}]) of nomatch -> []; {match, Ms} -> [M || [M] <- Ms] end,
    Got =:= Want orelse {print(E), S, Want, Got}.

chain(E, S, Base) ->
    case first_match(E, S) of
        nomatch -> [];
        {At, N} -> [{Base + At, N} | chain(E, lists:nthtail(At + N, S), Base + At + N)]
    end.

splits() ->
    E = {plus, expr(0)},
    S = subject(),
    Parts = re:split(S, print(E), [{return, list}]),
    Want = cut(S, 0, chain(E, S, 0)),
    Parts =:= Want orelse {print(E), S, Want, Parts}.

cut(S, Base, []) -> [lists:nthtail(Base, S)];
cut(S, Base, [{At, N} | Ms]) -> [lists:sublist(S, Base + 1, At - Base) | cut(S, At + N, Ms)].

digest(F) -> [begin rand:seed(exsss, S), erlang:phash2(F()) end || S <- [1, 2, 3, 4, 5]].

%% attributes: edge, functions that are to be inlined do what they would do otherwise: arguments are evaluated once and in order, failures are theirs.
-module(attributes_edge_inline).
-export([start/0]).
-compile({inline, [twice/1, pair/2, first/1]}).
-compile(inline).

start() ->
    show(fun() -> {twice(seen(3)), all_seen()} end),  % expect: {6,[3]}
    show(fun() -> {pair(seen(a), seen(b)), all_seen()} end),  % expect: {{b,a},[a,b]}
    show(fun() -> {first([seen(1), seen(2)]), all_seen()} end),  % expect: {1,[1,2]}
    show(fun() -> first(list_to_tuple([])) end),  % expect: {error,function_clause}
    show(fun() -> even(7) end).  % expect: false

show(F) ->
    Answer = try F() catch Class:Reason -> {Class, Reason} end,
    io:format("~w~n", [Answer]).

seen(X) -> put(seen, [X | seen()]), X.
seen() -> case get(seen) of undefined -> []; Seen -> Seen end.
all_seen() -> Seen = lists:reverse(seen()), erase(seen), Seen.
twice(X) -> X + X.
pair(A, B) -> {B, A}.
first([H | _]) -> H.
even(0) -> true;
even(N) -> odd(N - 1).
odd(0) -> false;
odd(N) -> even(N - 1).

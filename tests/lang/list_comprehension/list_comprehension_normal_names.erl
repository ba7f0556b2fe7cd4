%% list comprehension: normal, names of the functions that are made of them.
-module(list_comprehension_normal_names).
-export([start/0, several/1, nested/1, input/1, filtered/2, bits/1]).

start() ->
    show(fun() -> made(several) end),  % expect: ["-several/1-fun-0-","-several/1-fun-3-","-several/1-lc$^1/1-0-","-several/1-lc$^2/1-1-","-several/1-lc$^4/1-2-","-several/1-lc$^5/1-3-"]
    show(fun() -> made(nested) end),  % expect: ["-nested/1-lc$^0/1-0-","-nested/1-lc$^1/1-1-"]
    show(fun() -> made(input) end),  % expect: ["-input/1-lc$^0/1-1-","-input/1-lc$^1/1-0-"]
    show(fun() -> made(filtered) end),  % expect: ["-filtered/2-fun-1-","-filtered/2-lc$^0/1-0-"]
    show(fun() -> made(bits) end).  % expect: ["-bits/1-lbc$^0/2-0-","-bits/1-lbc$^1/2-1-"]

several(X) -> A = fun() -> self() end, B = [Y || Y <- X], C = fun() -> [Z || Z <- X] end, D = [{V, W} || W <- X, V <- X], {A, B, C, D}.
nested(X) -> [[Y || Y <- Z] || Z <- X].
input(X) -> [Z || Z <- [{Y} || Y <- X]].
filtered(X, F) -> [fun() -> Z end || Z <- X, F(Z), is_list(Z)].
bits(X) -> << <<Z>> || Z <- X, <<_>> <= Z >>.

made(F) ->
    Prefix = "-" ++ atom_to_list(F),
    All = [atom_to_list(N) || {N, _} <- ?MODULE:module_info(functions)],
    lists:sort([N || N <- All, lists:prefix(Prefix, N)]).

show(F) ->
    try F() of
        V -> io:format("~0p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

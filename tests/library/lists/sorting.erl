%% The order of terms by the four natives: equal elements keep their order, and only the first of them stays in a `u` sort.
-module(sorting).
-include("../properties.hrl").

start() ->
    show(fun() -> forall(200, fun sorts/0) end),  % expect: {passed,200}
    show(fun() -> forall(200, fun by_key/0) end),  % expect: {passed,200}
    show(fun() -> [lists:sort([1.0, 1, 2, 1]), lists:usort([1.0, 1, 2, 1]), lists:usort([2, 1, 1.0])] end),  % expect: [[1.0,1,1,2],[1.0,2],[1,2]]
    show(fun() -> lists:sort([#{}, [], <<>>, {}, fun erlang:self/0, a, 1, 2.0, "a", {a}, #{a => 1}]) end),  % expect: [1,2.0,a,fun erlang:self/0,{},{a},#{},#{a => 1},[],"a",<<>>]
    show(fun() -> [lists:ukeysort(2, [{x, 1}, {y, 1.0}, {z, 0}]), lists:keysort(2, [{x, 1}, {y, 1.0}, {z, 0}])] end),  % expect: [[{z,0},{x,1}],[{z,0},{x,1},{y,1.0}]]
    show(fun() -> [lists:sort([b]), lists:keysort(1, [b]), lists:ukeysort(1, [b]), lists:usort([b]), lists:keysort(3, [])] end),  % expect: [[b],[b],[b],[b],[]]
    show(fun() -> L = lists:reverse(lists:seq(1, 50000)), lists:sort(L) =:= lists:seq(1, 50000) end),  % expect: true
    show(fun() -> L = [{N rem 100, N} || N <- lists:seq(1, 30000)], lists:keysort(1, L) =:= lists:sort(L) end),  % expect: true
    show(fun() -> lists:sort([3, 1 | 2]) end),  % expect: error function_clause
    show(fun() -> lists:sort(a) end),  % expect: error function_clause
    show(fun() -> lists:usort([3, 1 | 2]) end),  % expect: error function_clause
    show(fun() -> lists:keysort(1, [{2}, {1} | b]) end),  % expect: error function_clause
    show(fun() -> lists:keysort(1, [{1}, b]) end),  % expect: error badarg
    show(fun() -> lists:keysort(2, [{1}, {2}]) end),  % expect: error badarg
    show(fun() -> lists:ukeysort(1, [{1}, {}]) end),  % expect: error badarg
    show(fun() -> lists:ukeysort(1, [{2}, {1} | b]) end),  % expect: error function_clause
    show(fun() -> lists:keysort(0, [{1}, {2}]) end),  % expect: error function_clause
    show(fun() -> lists:ukeysort(a, []) end).  % expect: error function_clause

sorts() ->
    L = list(40, fun key/0),
    S = insert(L, fun(X) -> X end),
    lists:sort(L) =:= S andalso lists:usort(L) =:= firsts(S, fun(X) -> X end).

by_key() ->
    L = list(40, fun() -> {below(9), number_key()} end),
    Key = fun({_, K}) -> K end,
    S = insert(L, Key),
    lists:keysort(2, L) =:= S andalso lists:ukeysort(2, L) =:= firsts(S, Key).

%% Each element goes behind those that are not greater.
insert(L, Key) -> lists:foldl(fun(X, Acc) -> put_in(X, Acc, Key) end, [], L).

put_in(X, [Y | T], Key) ->
    case Key(Y) =< Key(X) of
        true -> [Y | put_in(X, T, Key)];
        false -> [X, Y | T]
    end;
put_in(X, [], _) -> [X].

firsts([X | T], Key) -> [X | firsts(lists:dropwhile(fun(Y) -> Key(Y) == Key(X) end, T), Key)];
firsts([], _) -> [].

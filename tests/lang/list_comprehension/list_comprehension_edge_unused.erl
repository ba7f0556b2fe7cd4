%% list comprehension: edge, unused.
-module(list_comprehension_edge_unused).
-export([start/0, id/1]).

start() ->
    show(fun() -> [put(X, seen) || X <- [a, b]], {get(a), get(b)} end),  % expect: {seen,seen}
    show(fun() -> _ = [put(X, Y) || X <- [a, b], Y <- [1, 2]], {get(a), get(b)} end),  % expect: {2,2}
    show(fun() -> [[put(Y, X) || Y <- [p, q], id(X) > 1] || X <- [1, 2, 3], id(X) < 3], {get(p), get(q)} end),  % expect: {2,2}
    show(fun() -> [id(X) || X <- id([1 | a])], ok end),  % expect: error {bad_generator,a}
    show(fun() -> [id(X) || X <- id(a)], ok end),  % expect: error {bad_generator,a}
    show(fun() -> [id(X) || X <- [1], id(X)], ok end),  % expect: error {bad_filter,1}
    show(fun() -> [throw({found, X}) || X <- [1, 2, 3], X > 1], ok end),  % expect: throw {found,2}
    show(fun() -> [id(X) || <<X:3>> <= <<1, 2>>], <<>> end),  % expect: <<>>
    show(fun() -> [Y || {_, Y} <- [{1, 2}, 3, {4, 5}]], [element(2, process_info(self(), messages))] end),  % expect: [[]]
    show(fun() -> frames() end),  % expect: [{'-frames/0-lc$^0/1-0-',1}]
    show(fun() -> L = lists:seq(1, 20000), [put(sum, X) || X <- L], get(sum) end),  % expect: 20000
    show(fun() -> << <<(begin [put(X, Z) || Z <- [7, 8]], X end)>> || X <- [1, 2]>> end).  % expect: <<1,2>>

%% The walk is a loop: nothing of the items before stands in the trace.
frames() ->
    try
        [error(X) || X <- [1, 2, 3], id(X) =:= 3],
        ok
    catch
        error:3:Stack -> [{F, A} || {?MODULE, F, A, _} <- Stack, F =/= show, F =/= start, hd(lists:reverse(atom_to_list(F))) =:= $-, A =:= 1]
    end.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

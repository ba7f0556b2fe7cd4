%% list comprehension: edge, before `++`: what follows is evaluated first.
-module(list_comprehension_edge_before_append).
-export([start/0]).

start() ->
    show(fun() -> [note(X) || X <- [note(1), note(2)]] ++ [note(3)] end),  % expect: {[1,2,3],[3,1,2,1,2]}
    show(fun() -> [X || X <- throw(first)] ++ [note(second)] end),  % expect: {first,[second]}
    show(fun() -> [X || X <- [1]] ++ note(improper) end),  % expect: {[1|improper],[improper]}
    show(fun() -> note([1]) ++ note([2]) end).  % expect: {[1,2],[[1],[2]]}

show(Fun) -> io:format("~p~n", [said(Fun)]).

note(Term) ->
    put(notes, [Term | get(notes)]),
    Term.

said(Fun) ->
    put(notes, []),
    Value = (catch Fun()),
    {Value, lists:reverse(get(notes))}.

%% match: normal, binds.
-module(match_normal_binds).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin X = id(5), X end end),  % expect: 5
    show(fun() -> begin {A, B} = id({1,2}), A + B end end),  % expect: 3
    show(fun() -> begin [H|T] = id([1,2,3]), {H, T} end end).  % expect: {1,[2,3]}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% match: normal, nested.
-module(match_normal_nested).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {A, [B|_], #{k := C}} = id({1,[2,3],#{k => 4}}), {A,B,C} end end),  % expect: {1,2,4}
    show(fun() -> begin {X, X} = id({7,7}), X end end).  % expect: 7

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% list_to_tuple: normal.
-module(bif_list_to_tuple_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_tuple(id([1,2])) end),  % expect: {1,2}
    show(fun() -> list_to_tuple(id([a])) end).  % expect: {a}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

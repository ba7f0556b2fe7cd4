%% apply_3: normal.
-module(bif_apply_3_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> apply(id(lists), id(reverse), id([[1,2,3]])) end),  % expect: [3,2,1]
    show(fun() -> apply(id(erlang), id('+'), id([1,2])) end).  % expect: 3

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

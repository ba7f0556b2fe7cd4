%% subtract_list: normal.
-module(bif_subtract_list_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id([1,2,3]) -- id([2]) end),  % expect: [1,3]
    show(fun() -> id([1,1,2]) -- id([1]) end).  % expect: [1,2]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

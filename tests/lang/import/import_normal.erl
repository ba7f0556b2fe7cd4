%% import: normal.
-module(import_normal).
-export([start/0, id/1]).

-import(lists, [reverse/1, map/2]).

start() ->
    show(fun() -> reverse([1,2]) end),  % expect: [2,1]
    show(fun() -> map(fun(X) -> X + 1 end, [1]) end).  % expect: [2]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

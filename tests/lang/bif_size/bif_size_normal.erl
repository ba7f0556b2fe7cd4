%% size: normal.
-module(bif_size_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> size(id({a,b})) end),  % expect: 2
    show(fun() -> size(id(<<1,2,3>>)) end).  % expect: 3

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

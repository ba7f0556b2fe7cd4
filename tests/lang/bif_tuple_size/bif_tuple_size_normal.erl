%% tuple_size: normal.
-module(bif_tuple_size_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> tuple_size(id({a,b})) end),  % expect: 2
    show(fun() -> tuple_size(id({})) end).  % expect: 0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% element: normal.
-module(bif_element_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> element(id(1), id({a,b})) end),  % expect: a
    show(fun() -> element(id(2), id({a,b})) end).  % expect: b

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

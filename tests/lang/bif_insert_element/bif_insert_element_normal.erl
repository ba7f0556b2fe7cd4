%% insert_element: normal.
-module(bif_insert_element_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:insert_element(1, id({a}), b) end),  % expect: {b,a}
    show(fun() -> erlang:insert_element(2, id({a}), b) end).  % expect: {a,b}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

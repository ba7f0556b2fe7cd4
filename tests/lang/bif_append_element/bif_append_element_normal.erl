%% append_element: normal.
-module(bif_append_element_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:append_element(id({a}), b) end),  % expect: {a,b}
    show(fun() -> erlang:append_element(id({}), b) end).  % expect: {b}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

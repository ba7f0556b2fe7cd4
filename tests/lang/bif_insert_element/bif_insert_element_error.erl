%% insert_element: error.
-module(bif_insert_element_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:insert_element(0, id({a}), b) end),  % expect: error badarg
    show(fun() -> erlang:insert_element(3, id({a}), b) end),  % expect: error badarg
    show(fun() -> erlang:insert_element(1, id(a), b) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

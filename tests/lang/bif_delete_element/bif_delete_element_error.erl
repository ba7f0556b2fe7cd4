%% delete_element: error.
-module(bif_delete_element_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:delete_element(0, id({a})) end),  % expect: error badarg
    show(fun() -> erlang:delete_element(2, id({a})) end),  % expect: error badarg
    show(fun() -> erlang:delete_element(1, id([])) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

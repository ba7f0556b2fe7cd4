%% element: error.
-module(bif_element_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> element(id(0), id({a})) end),  % expect: error badarg
    show(fun() -> element(id(2), id({a})) end),  % expect: error badarg
    show(fun() -> element(id(1), id(a)) end),  % expect: error badarg
    show(fun() -> element(id(1.0), id({a})) end),  % expect: error badarg
    show(fun() -> element(id(a), id({a})) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% setelement: error.
-module(bif_setelement_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> setelement(id(0), id({a}), b) end),  % expect: error badarg
    show(fun() -> setelement(id(2), id({a}), b) end),  % expect: error badarg
    show(fun() -> setelement(1, id([]), b) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

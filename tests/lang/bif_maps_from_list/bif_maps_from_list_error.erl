%% maps_from_list: error.
-module(bif_maps_from_list_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:from_list(id([a])) end),  % expect: error badarg
    show(fun() -> maps:from_list(id(x)) end),  % expect: error badarg
    show(fun() -> maps:from_list(id([{a,1}|b])) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% get_keys: edge.
-module(bif_get_keys_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> get_keys(none_such) end),  % expect: []
    show(fun() -> begin put(k3, w), lists:member(k3, get_keys()) end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

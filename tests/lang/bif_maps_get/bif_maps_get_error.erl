%% maps_get: error.
-module(bif_maps_get_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:get(b, id(#{a=>1})) end),  % expect: error {badkey,b}
    show(fun() -> maps:get(a, id(x)) end),  % expect: error {badmap,x}
    show(fun() -> maps:get(a, id([]), d) end).  % expect: error {badmap,[]}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

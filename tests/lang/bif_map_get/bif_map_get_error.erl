%% map_get: error.
-module(bif_map_get_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> map_get(b, id(#{a=>1})) end),  % expect: error {badkey,b}
    show(fun() -> map_get(a, id([])) end),  % expect: error {badmap,[]}
    show(fun() -> map_get(1, id(#{1.0=>x})) end).  % expect: error {badkey,1}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% maps_update: error.
-module(bif_maps_update_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:update(b, 2, id(#{a=>1})) end),  % expect: error {badkey,b}
    show(fun() -> maps:update(b, 2, id(x)) end).  % expect: error {badmap,x}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

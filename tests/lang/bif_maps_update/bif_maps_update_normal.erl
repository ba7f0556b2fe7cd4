%% maps_update: normal.
-module(bif_maps_update_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:update(a, 2, #{a=>1}) end).  % expect: #{a => 2}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

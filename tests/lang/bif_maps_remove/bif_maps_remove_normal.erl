%% maps_remove: normal.
-module(bif_maps_remove_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:remove(a, #{a=>1,b=>2}) end),  % expect: #{b => 2}
    show(fun() -> maps:remove(c, #{a=>1}) end).  % expect: #{a => 1}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% maps_keys_values: normal.
-module(bif_maps_keys_values_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:keys(#{b=>1,a=>2}) end),  % expect: [a,b]
    show(fun() -> maps:values(#{b=>1,a=>2}) end).  % expect: [2,1]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% maps_from_list: normal.
-module(bif_maps_from_list_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:from_list([{a,1},{b,2}]) end),  % expect: #{a => 1,b => 2}
    show(fun() -> maps:from_list([]) end).  % expect: #{}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% maps_find_take: normal.
-module(bif_maps_find_take_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:find(a, #{a=>1}) end),  % expect: {ok,1}
    show(fun() -> maps:find(b, #{a=>1}) end).  % expect: error

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

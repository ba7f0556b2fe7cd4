%% maps_merge: normal.
-module(bif_maps_merge_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:merge(#{a=>1}, #{b=>2}) end),  % expect: #{a => 1,b => 2}
    show(fun() -> maps:merge(#{a=>1}, #{a=>2}) end).  % expect: #{a => 2}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% date_time: edge.
-module(bif_date_time_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:universaltime_to_localtime({{1970,1,1},{0,0,0}}) =:= erlang:universaltime_to_localtime({{1970,1,1},{0,0,0}}) end),  % expect: true
    show(fun() -> erlang:posixtime_to_universaltime(0) end),  % expect: {{1970,1,1},{0,0,0}}
    show(fun() -> erlang:universaltime_to_posixtime({{1970,1,2},{0,0,0}}) end).  % expect: 86400

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

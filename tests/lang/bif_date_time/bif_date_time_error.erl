%% date_time: error.
-module(bif_date_time_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:universaltime_to_localtime(id(x)) end),  % expect: error badarg
    show(fun() -> erlang:localtime_to_universaltime({{2020,13,1},{0,0,0}}) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

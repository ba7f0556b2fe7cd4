%% date_time: normal.
-module(bif_date_time_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {Y,M,D} = date(), Y > 2000 andalso M =< 12 andalso D =< 31 end end),  % expect: true
    show(fun() -> begin {H,_,_} = time(), H < 24 end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

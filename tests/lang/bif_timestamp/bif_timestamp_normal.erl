%% timestamp: normal.
-module(bif_timestamp_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {A,B,C} = erlang:timestamp(), is_integer(A) andalso B < 1000000 andalso C < 1000000 end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

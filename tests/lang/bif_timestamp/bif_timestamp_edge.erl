%% timestamp: edge.
-module(bif_timestamp_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {A,_,_} = erlang:now(), A > 1000 end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

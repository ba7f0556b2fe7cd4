%% is_port: edge.
-module(bif_is_port_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> [is_port(P) || P <- lists:sublist(erlang:ports(), 0)] end).  % expect: []

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

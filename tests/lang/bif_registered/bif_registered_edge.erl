%% registered: edge.
-module(bif_registered_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin unregister(regtest), lists:member(regtest, registered()) end end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% receive: edge, nested.
-module(receive_edge_nested).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin self() ! a, self() ! b, receive b -> receive a -> both end end end end).  % expect: both

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

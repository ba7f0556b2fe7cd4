%% receive: edge, guard.
-module(receive_edge_guard).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin self() ! 1, self() ! 20, receive X when X > 10 -> X end end end),  % expect: 20
    show(fun() -> receive X -> X end end).  % expect: 1

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% hibernate: edge.
-module(bif_hibernate_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {P, M} = spawn_monitor(fun() -> erlang:hibernate(erlang, exit, [woken]) end), P ! early, receive {'DOWN', M, _, _, R} -> R end end end).  % expect: woken

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

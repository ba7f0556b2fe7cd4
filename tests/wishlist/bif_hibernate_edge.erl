%% hibernate: edge.
-module(bif_hibernate_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {P, M} = spawn_monitor(fun() -> erlang:hibernate(erlang, exit, [woken]) end), receive after 5 -> ok end, I = process_info(P, current_function), P ! wake, receive {'DOWN', M, _, _, _} -> I end end end).  % expect: {current_function,{erlang,hibernate,3}}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% hibernate: edge.
-module(bif_hibernate_edge_where_it_stands).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {P, M} = spawn_monitor(fun() -> erlang:hibernate(erlang, exit, [woken]) end), I = asleep(P), P ! wake, receive {'DOWN', M, _, _, _} -> I end end end).  % expect: {current_function,{erlang,hibernate,3}}

asleep(P) ->
    case process_info(P, [status, current_function]) of
        [{status, waiting}, At] -> At;
        _ -> erlang:yield(), asleep(P)
    end.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

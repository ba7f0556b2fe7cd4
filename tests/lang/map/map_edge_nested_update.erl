%% map: edge, nested update.
-module(map_edge_nested_update).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin M = id(#{a => #{b => 1}}), M#{a := (maps:get(a, M))#{b := 2}} end end).  % expect: #{a => #{b => 2}}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

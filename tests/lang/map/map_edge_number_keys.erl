%% map: edge, number keys.
-module(map_edge_number_keys).
-export([start/0, id/1]).

start() ->
    show(fun() -> map_size(#{1 => a, 1.0 => b}) end),  % expect: 2
    show(fun() -> #{1 := X} = id(#{1 => a, 1.0 => b}) end).  % expect: #{1 => a,1.0 => b}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

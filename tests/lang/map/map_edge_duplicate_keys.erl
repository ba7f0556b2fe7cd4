%% map: edge, duplicate keys.
-module(map_edge_duplicate_keys).
-export([start/0, id/1]).

start() ->
    show(fun() -> #{a => 1, a => 2} end),  % expect: #{a => 2}
    show(fun() -> #{id(x) => 1, id(x) => 2} end).  % expect: #{x => 2}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

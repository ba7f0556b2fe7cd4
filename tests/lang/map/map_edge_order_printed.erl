%% map: edge, order printed.
-module(map_edge_order_printed).
-export([start/0, id/1]).

start() ->
    show(fun() -> #{c => 3, a => 1, b => 2} end),  % expect: #{a => 1,b => 2,c => 3}
    show(fun() -> #{2 => b, 1 => a, a => x, "s" => y} end).  % expect: #{1 => a,2 => b,a => x,"s" => y}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% get_put: edge.
-module(bif_get_put_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin put(k2, a), put(k2, b) end end),  % expect: a
    show(fun() -> get(nosuch) end),  % expect: undefined
    show(fun() -> begin put({x,[1]}, big), get({x,[1]}) end end).  % expect: big

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% get_put: normal.
-module(bif_get_put_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin put(k, 1), get(k) end end),  % expect: 1
    show(fun() -> put(k, 2) end).  % expect: 1

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

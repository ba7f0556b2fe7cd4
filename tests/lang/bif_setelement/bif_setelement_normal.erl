%% setelement: normal.
-module(bif_setelement_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> setelement(id(1), id({a,b}), c) end),  % expect: {c,b}
    show(fun() -> setelement(2, id({a,b}), c) end).  % expect: {a,c}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

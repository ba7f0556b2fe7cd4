%% setelement: edge.
-module(bif_setelement_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> setelement(1, id({x}), []) end),  % expect: {[]}
    show(fun() -> setelement(3, setelement(2, setelement(1, id({1,2,3}), a), b), c) end).  % expect: {a,b,c}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

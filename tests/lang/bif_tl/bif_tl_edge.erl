%% tl: edge.
-module(bif_tl_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> tl(id([a|b])) end).  % expect: b

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% andalso: edge.
-module(bif_andalso_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(true) andalso id(not_bool) end),  % expect: not_bool
    show(fun() -> id(true) andalso {any, term} end).  % expect: {any,term}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

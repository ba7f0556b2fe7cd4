%% map: error, badmap.
-module(map_error_badmap).
-export([start/0, id/1]).

start() ->
    show(fun() -> (id(a))#{a => 1} end),  % expect: error {badmap,a}
    show(fun() -> (id([]))#{a := 1} end).  % expect: error {badmap,[]}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% error_1: normal.
-module(bif_error_1_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:error(id(badarg)) end),  % expect: error badarg
    show(fun() -> error(id({a,b})) end).  % expect: error {a,b}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

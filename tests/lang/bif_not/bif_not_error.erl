%% not: error.
-module(bif_not_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> not id(1) end),  % expect: error badarg
    show(fun() -> not id(undefined) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% raise: error.
-module(bif_raise_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:raise(id(bad), why, []) end),  % expect: badarg
    show(fun() -> erlang:raise(error, why, id(nolist)) end).  % expect: badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% raise: normal.
-module(bif_raise_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:raise(error, id(why), []) end),  % expect: error why
    show(fun() -> erlang:raise(throw, id(ball), []) end).  % expect: throw ball

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

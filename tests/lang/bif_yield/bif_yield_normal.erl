%% yield: normal.
-module(bif_yield_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:yield() end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

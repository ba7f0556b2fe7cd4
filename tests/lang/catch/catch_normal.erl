%% catch: normal.
-module(catch_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> catch 1 + 1 end),  % expect: 2
    show(fun() -> catch throw(ball) end).  % expect: ball

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

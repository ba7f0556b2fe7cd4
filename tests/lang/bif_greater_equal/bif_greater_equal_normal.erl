%% greater_equal: normal.
-module(bif_greater_equal_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(2) >= id(2) end),  % expect: true
    show(fun() -> id(2) >= id(3) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

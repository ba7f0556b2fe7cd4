%% is_integer: normal.
-module(bif_is_integer_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_integer(id(1)) end),  % expect: true
    show(fun() -> is_integer(id(1.0)) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

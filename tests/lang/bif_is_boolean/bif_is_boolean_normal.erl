%% is_boolean: normal.
-module(bif_is_boolean_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_boolean(id(true)) end),  % expect: true
    show(fun() -> is_boolean(id(false)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

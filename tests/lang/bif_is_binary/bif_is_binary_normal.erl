%% is_binary: normal.
-module(bif_is_binary_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_binary(id(<<1>>)) end),  % expect: true
    show(fun() -> is_binary(id(<<>>)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

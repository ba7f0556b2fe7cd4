%% xor: normal.
-module(bif_xor_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(true) xor id(false) end),  % expect: true
    show(fun() -> id(true) xor id(true) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

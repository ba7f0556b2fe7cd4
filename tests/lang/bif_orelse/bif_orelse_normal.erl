%% orelse: normal.
-module(bif_orelse_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(false) orelse id(true) end),  % expect: true
    show(fun() -> id(true) orelse exit(never) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

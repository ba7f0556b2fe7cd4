%% andalso: normal.
-module(bif_andalso_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(true) andalso id(true) end),  % expect: true
    show(fun() -> id(false) andalso exit(never) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% alias: normal.
-module(bif_alias_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin A = alias(), A ! hi, receive hi -> got end end end).  % expect: got

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

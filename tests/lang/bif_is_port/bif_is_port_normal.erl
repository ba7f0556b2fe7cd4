%% is_port: normal.
-module(bif_is_port_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_port(id(a)) end),  % expect: false
    show(fun() -> is_port(self()) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

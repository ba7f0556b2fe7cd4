%% is_process_alive: normal.
-module(bif_is_process_alive_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_process_alive(self()) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

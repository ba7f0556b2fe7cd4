%% is_process_alive: error.
-module(bif_is_process_alive_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_process_alive(id(a)) end),  % expect: error badarg
    show(fun() -> is_process_alive(id(1)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

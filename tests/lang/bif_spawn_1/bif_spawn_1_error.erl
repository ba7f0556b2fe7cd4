%% spawn_1: error.
-module(bif_spawn_1_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> spawn(id(a)) end),  % expect: error badarg
    show(fun() -> is_pid(spawn(id(fun(_) -> ok end))) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% memory: error.
-module(bif_memory_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:memory(id(nosuch)) end),  % expect: error badarg
    show(fun() -> erlang:memory([nosuch]) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

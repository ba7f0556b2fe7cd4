%% memory: edge.
-module(bif_memory_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:memory([processes, binary]) =/= [] end),  % expect: true
    show(fun() -> is_integer(erlang:memory(ets)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% memory: normal.
-module(bif_memory_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_list(erlang:memory()) end),  % expect: true
    show(fun() -> erlang:memory(total) > 0 end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% memory: edge.
-module(bif_memory_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:memory([processes, binary]) =/= [] end),  % expect: true
    show(fun() -> counted(10_000_000) end),  % expect: true
    show(fun() -> is_integer(erlang:memory(ets)) end).  % expect: true

%% A large binary is counted while it is held.
counted(N) ->
    Before = erlang:memory(binary),
    B = binary:copy(<<1>>, N),
    Held = erlang:memory(binary),
    Held - Before > N div 2 andalso byte_size(id(B)) =:= N.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% statistics: edge.
-module(bif_statistics_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_integer(erlang:statistics(run_queue)) end),  % expect: true
    show(fun() -> begin {{input,_},{output,_}} = erlang:statistics(io), ok end end),  % expect: ok
    show(fun() -> tuple_size(erlang:statistics(garbage_collection)) end).  % expect: 3

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

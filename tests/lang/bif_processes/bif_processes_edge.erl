%% processes: edge.
-module(bif_processes_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin P = spawn(fun() -> receive after infinity -> ok end end), lists:member(P, erlang:processes()) end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

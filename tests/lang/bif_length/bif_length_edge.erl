%% length: edge.
-module(bif_length_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> length(lists:seq(1,10000)) end).  % expect: 10000

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% raise: edge.
-module(bif_raise_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:raise(exit, id(bye), [{m,f,1,[]}]) end).  % expect: exit bye

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

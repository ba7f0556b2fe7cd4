%% statistics: error.
-module(bif_statistics_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:statistics(id(nosuch)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% pid_to_list: edge.
-module(bif_pid_to_list_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> length(string:split(pid_to_list(self()), ".", all)) end).  % expect: 3

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

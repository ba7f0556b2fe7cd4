%% catch: edge, in argument.
-module(catch_edge_in_argument).
-export([start/0, id/1]).

start() ->
    show(fun() -> {catch throw(a), catch exit(b)} end).  % expect: {a,{'EXIT',b}}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% external_size: edge.
-module(bif_external_size_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:external_size(id(1 bsl 80)) end),  % expect: 15
    show(fun() -> erlang:external_size(id({})) end).  % expect: 3

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

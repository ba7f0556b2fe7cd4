%% binary_to_list_1: edge.
-module(bif_binary_to_list_1_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_list(id(<<>>)) end),  % expect: []
    show(fun() -> length(binary_to_list(id(<<0:8000>>))) end).  % expect: 1000

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

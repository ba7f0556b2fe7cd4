%% binary_at: edge.
-module(bif_binary_at_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:first(<<9,8>>) end),  % expect: 9
    show(fun() -> binary:last(<<9,8>>) end).  % expect: 8

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% unique_integer: edge.
-module(bif_unique_integer_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin A = erlang:unique_integer([monotonic]), B = erlang:unique_integer([monotonic]), A < B end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% tuple_size: edge.
-module(bif_tuple_size_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> tuple_size(erlang:make_tuple(1000, x)) end).  % expect: 1000

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

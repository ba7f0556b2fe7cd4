%% make_tuple_2: edge.
-module(bif_make_tuple_2_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:make_tuple(id(0), a) end).  % expect: {}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

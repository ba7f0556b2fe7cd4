%% is_tuple: edge.
-module(bif_is_tuple_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_tuple(erlang:make_tuple(100, a)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% is_bitstring: edge.
-module(bif_is_bitstring_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_bitstring(id(<<>>)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% is_number: edge.
-module(bif_is_number_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_number(id(1 bsl 80)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

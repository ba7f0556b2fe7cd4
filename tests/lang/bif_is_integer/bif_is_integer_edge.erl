%% is_integer: edge.
-module(bif_is_integer_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_integer(id(1 bsl 80)) end),  % expect: true
    show(fun() -> is_integer(id(-576460752303423489)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

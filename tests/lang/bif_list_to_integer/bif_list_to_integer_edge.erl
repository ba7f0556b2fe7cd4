%% list_to_integer: edge.
-module(bif_list_to_integer_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_integer(id("+7")) end),  % expect: 7
    show(fun() -> list_to_integer(id("00012")) end),  % expect: 12
    show(fun() -> list_to_integer(id("99999999999999999999")) end),  % expect: 99999999999999999999
    show(fun() -> list_to_integer(id("zz"), 36) end).  % expect: 1295

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

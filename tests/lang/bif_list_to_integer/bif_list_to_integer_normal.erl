%% list_to_integer: normal.
-module(bif_list_to_integer_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_integer(id("123")) end),  % expect: 123
    show(fun() -> list_to_integer(id("-5")) end),  % expect: -5
    show(fun() -> list_to_integer(id("1010"), 2) end).  % expect: 10

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

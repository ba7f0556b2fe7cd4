%% integer_to_list: normal.
-module(bif_integer_to_list_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> integer_to_list(id(42)) end),  % expect: "42"
    show(fun() -> integer_to_list(id(-42)) end),  % expect: "-42"
    show(fun() -> integer_to_list(id(255), 16) end).  % expect: "FF"

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

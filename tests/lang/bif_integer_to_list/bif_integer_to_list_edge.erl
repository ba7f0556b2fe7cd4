%% integer_to_list: edge.
-module(bif_integer_to_list_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> integer_to_list(id(0)) end),  % expect: "0"
    show(fun() -> integer_to_list(id(1 bsl 100)) end),  % expect: "1267650600228229401496703205376"
    show(fun() -> integer_to_list(id(-(1 bsl 64)), 36) end),  % expect: "-3W5E11264SGSG"
    show(fun() -> integer_to_list(id(-576460752303423488)) end).  % expect: "-576460752303423488"

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% tuple_to_list: normal.
-module(bif_tuple_to_list_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> tuple_to_list(id({1,2})) end),  % expect: [1,2]
    show(fun() -> tuple_to_list(id({a,{b}})) end).  % expect: [a,{b}]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% list_to_binary: normal.
-module(bif_list_to_binary_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_binary(id([1,2,3])) end),  % expect: <<1,2,3>>
    show(fun() -> list_to_binary(id(["ab",<<"cd">>,[$e]])) end).  % expect: <<"abcde">>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

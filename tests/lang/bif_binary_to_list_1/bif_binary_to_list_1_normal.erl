%% binary_to_list_1: normal.
-module(bif_binary_to_list_1_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_list(id(<<1,2,3>>)) end),  % expect: [1,2,3]
    show(fun() -> binary_to_list(id(<<"abc">>)) end).  % expect: "abc"

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

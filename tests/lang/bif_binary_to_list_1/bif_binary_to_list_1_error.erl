%% binary_to_list_1: error.
-module(bif_binary_to_list_1_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_list(id(<<1:1>>)) end),  % expect: error badarg
    show(fun() -> binary_to_list(id(a)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% lists_keyfind: error.
-module(bif_lists_keyfind_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:keyfind(a, 0, [{a}]) end),  % expect: error badarg
    show(fun() -> lists:keyfind(a, 1, id(x)) end),  % expect: error badarg
    show(fun() -> lists:keyfind(a, 1, id([x|y])) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

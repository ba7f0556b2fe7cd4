%% iolist_to_binary: error.
-module(bif_iolist_to_binary_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> iolist_to_binary(id(a)) end),  % expect: error badarg
    show(fun() -> iolist_to_binary(id([a])) end),  % expect: error badarg
    show(fun() -> iolist_to_binary(id([1|2])) end),  % expect: error badarg
    show(fun() -> iolist_to_binary(id(<<1:4>>)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% tuple_size: error.
-module(bif_tuple_size_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> tuple_size(id([])) end),  % expect: error badarg
    show(fun() -> tuple_size(id(<<1>>)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% float_1: error.
-module(bif_float_1_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> float(id(a)) end),  % expect: error badarg
    show(fun() -> float(id(1 bsl 2000)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

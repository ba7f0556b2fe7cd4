%% float_to_binary: error.
-module(bif_float_to_binary_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> float_to_binary(id(x)) end),  % expect: error badarg
    show(fun() -> float_to_binary(id(1.0), [{scientific,300}]) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

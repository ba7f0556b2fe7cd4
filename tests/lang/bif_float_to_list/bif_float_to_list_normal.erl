%% float_to_list: normal.
-module(bif_float_to_list_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> float_to_list(id(1.5)) end),  % expect: "1.50000000000000000000e+00"
    show(fun() -> float_to_list(id(1.5), [{decimals,2}]) end),  % expect: "1.50"
    show(fun() -> float_to_list(id(0.1), [short]) end).  % expect: "0.1"

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

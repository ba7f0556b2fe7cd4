%% float_to_binary: edge.
-module(bif_float_to_binary_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> float_to_binary(id(5.0e-324), [short]) end),  % expect: <<"5.0e-324">>
    show(fun() -> float_to_binary(id(1.7976931348623157e308), [short]) end),  % expect: <<"1.7976931348623157e308">>
    show(fun() -> float_to_binary(id(100.0), [{decimals,3},compact]) end).  % expect: <<"100.0">>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% float_to_list: edge.
-module(bif_float_to_list_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> float_to_list(id(-0.0), [short]) end),  % expect: "-0.0"
    show(fun() -> float_to_list(id(1.0e22), [short]) end),  % expect: "1.0e22"
    show(fun() -> float_to_list(id(123.456), [{decimals,4},compact]) end),  % expect: "123.456"
    show(fun() -> float_to_list(id(123.456), [{scientific,3}]) end),  % expect: "1.235e+02"
    show(fun() -> float_to_list(id(1.0e100), [{decimals,1}]) end),  % expect: "10000000000000000159028911097599180468360808563945281389781327557747838772170381060813469985856815104.0"
    show(fun() -> float_to_list(id(0.5), [{decimals,0}]) end).  % expect: "1"

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% binary match: edge, nan does not match.
-module(binary_match_edge_nan_does_not_match).
-export([start/0, id/1]).

f(<<F/float>>) -> F; f(<<_:64>>) -> not_a_float; f(_) -> no.

start() ->
    show(fun() -> f(<<16#7FF0000000000001:64>>) end),  % expect: not_a_float
    show(fun() -> f(<<1,2>>) end).  % expect: no

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

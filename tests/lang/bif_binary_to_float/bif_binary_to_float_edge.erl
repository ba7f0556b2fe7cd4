%% binary_to_float: edge.
-module(bif_binary_to_float_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_float(id(<<"+1.0">>)) end),  % expect: 1.0
    show(fun() -> binary_to_float(id(<<"2.2250738585072014e-308">>)) end),  % expect: 2.2250738585072014e-308
    show(fun() -> binary_to_float(id(<<"0.1">>)) end).  % expect: 0.1

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

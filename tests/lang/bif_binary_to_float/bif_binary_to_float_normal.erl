%% binary_to_float: normal.
-module(bif_binary_to_float_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_float(id(<<"2.5">>)) end),  % expect: 2.5
    show(fun() -> binary_to_float(id(<<"-1.0e3">>)) end).  % expect: -1.0e3

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% binary_to_integer: normal.
-module(bif_binary_to_integer_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_integer(id(<<"123">>)) end),  % expect: 123
    show(fun() -> binary_to_integer(id(<<"-77">>)) end),  % expect: -77
    show(fun() -> binary_to_integer(id(<<"ff">>), 16) end).  % expect: 255

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

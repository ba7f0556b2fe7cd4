%% binary_to_integer: edge.
-module(bif_binary_to_integer_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_integer(id(<<"+5">>)) end),  % expect: 5
    show(fun() -> binary_to_integer(id(<<"ZZ">>), 36) end),  % expect: 1295
    show(fun() -> binary_to_integer(id(<<"123456789012345678901234567890">>)) end),  % expect: 123456789012345678901234567890
    show(fun() -> binary_to_integer(id(<<"-0">>)) end).  % expect: 0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

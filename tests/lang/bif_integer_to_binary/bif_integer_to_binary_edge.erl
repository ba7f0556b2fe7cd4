%% integer_to_binary: edge.
-module(bif_integer_to_binary_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> integer_to_binary(id(0), 2) end),  % expect: <<"0">>
    show(fun() -> integer_to_binary(id(1 bsl 64)) end),  % expect: <<"18446744073709551616">>
    show(fun() -> integer_to_binary(id(12345678901234567890), 36) end).  % expect: <<"2LSOHXAWJUI8I">>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

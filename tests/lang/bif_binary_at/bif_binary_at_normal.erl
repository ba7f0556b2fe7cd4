%% binary_at: normal.
-module(bif_binary_at_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:at(<<1,2,3>>, 0) end),  % expect: 1
    show(fun() -> binary:at(<<1,2,3>>, 2) end).  % expect: 3

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

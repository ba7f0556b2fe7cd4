%% lists_reverse_2: normal.
-module(bif_lists_reverse_2_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:reverse([1,2], [3]) end),  % expect: [2,1,3]
    show(fun() -> lists:reverse([1,2,3]) end).  % expect: [3,2,1]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

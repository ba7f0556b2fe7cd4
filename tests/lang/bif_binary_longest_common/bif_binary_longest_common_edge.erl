%% binary_longest_common: edge.
-module(bif_binary_longest_common_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:longest_common_prefix([<<>>,<<"a">>]) end),  % expect: 0
    show(fun() -> binary:longest_common_prefix([<<"a">>]) end).  % expect: 1

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

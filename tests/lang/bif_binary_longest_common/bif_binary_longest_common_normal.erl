%% binary_longest_common: normal.
-module(bif_binary_longest_common_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:longest_common_prefix([<<"abc">>,<<"abd">>]) end),  % expect: 2
    show(fun() -> binary:longest_common_suffix([<<"xbc">>,<<"ybc">>]) end).  % expect: 2

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% binary_longest_common: error.
-module(bif_binary_longest_common_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:longest_common_prefix([]) end),  % expect: error badarg
    show(fun() -> binary:longest_common_prefix(id(x)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

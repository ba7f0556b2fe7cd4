%% lists_reverse_2: error.
-module(bif_lists_reverse_2_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:reverse(id(a)) end),  % expect: error function_clause
    show(fun() -> lists:reverse(id([1|2]), []) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

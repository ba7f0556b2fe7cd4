%% unique_integer: error.
-module(bif_unique_integer_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:unique_integer([bad]) end),  % expect: error badarg
    show(fun() -> erlang:unique_integer(id(x)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

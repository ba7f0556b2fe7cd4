%% unique_integer: normal.
-module(bif_unique_integer_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_integer(erlang:unique_integer()) end),  % expect: true
    show(fun() -> erlang:unique_integer([positive]) > 0 end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

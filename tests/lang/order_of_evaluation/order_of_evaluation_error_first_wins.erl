%% order of evaluation: error, first wins.
-module(order_of_evaluation_error_first_wins).
-export([start/0, id/1]).

start() ->
    show(fun() -> error(id(first)) + error(second) end),  % expect: error first
    show(fun() -> {exit(id(a)), throw(b)} end).  % expect: exit a

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

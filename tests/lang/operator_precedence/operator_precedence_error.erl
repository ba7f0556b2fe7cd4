%% operator precedence: error.
-module(operator_precedence_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> 1 + id(a) * 2 end),  % expect: error badarith
    show(fun() -> not (id(1) + 1) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

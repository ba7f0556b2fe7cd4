%% operator precedence: normal.
-module(operator_precedence_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> 1 + 2 * 3 - 4 div 2 end),  % expect: 5
    show(fun() -> - 3 + 2 end),  % expect: -1
    show(fun() -> not true or true end),  % expect: true
    show(fun() -> 2 * 3 rem 4 end).  % expect: 2

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

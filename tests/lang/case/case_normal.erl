%% case: normal.
-module(case_normal).
-export([start/0, id/1]).

f(X) -> case X of 1 -> one; {two, Y} -> Y; [_|_] -> list; _ -> other end.

start() ->
    show(fun() -> f(1) end),  % expect: one
    show(fun() -> f({two, 2}) end),  % expect: 2
    show(fun() -> f([a]) end),  % expect: list
    show(fun() -> f(q) end).  % expect: other

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

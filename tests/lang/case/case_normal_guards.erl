%% case: normal, guards.
-module(case_normal_guards).
-export([start/0, id/1]).

f(X) -> case X of N when N > 10 -> big; N when is_integer(N), N > 5; N =:= a -> mid; _ -> small end.

start() ->
    show(fun() -> [f(X) || X <- [11, 6, a, 1, 5.5]] end).  % expect: [big,mid,big,small,small]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% math_functions: normal.
-module(bif_math_functions_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> math:sqrt(id(4)) end),  % expect: 2.0
    show(fun() -> math:pow(2, 10) end),  % expect: 1024.0
    show(fun() -> math:pi() end),  % expect: 3.141592653589793
    show(fun() -> math:exp(0) end).  % expect: 1.0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

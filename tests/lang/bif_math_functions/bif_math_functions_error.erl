%% math_functions: error.
-module(bif_math_functions_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> math:sqrt(id(-1)) end),  % expect: error badarith
    show(fun() -> math:log(id(0)) end),  % expect: error badarith
    show(fun() -> math:pow(id(a), 1) end),  % expect: error badarg
    show(fun() -> math:exp(id(10000)) end),  % expect: error badarith
    show(fun() -> math:acos(id(2)) end).  % expect: error badarith

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

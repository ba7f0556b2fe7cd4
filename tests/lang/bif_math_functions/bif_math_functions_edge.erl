%% math_functions: edge.
-module(bif_math_functions_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> math:log2(8) end),  % expect: 3.0
    show(fun() -> math:log10(1000) end),  % expect: 3.0
    show(fun() -> math:fmod(7, 3) end),  % expect: 1.0
    show(fun() -> math:atan2(1, 1) end),  % expect: 0.7853981633974483
    show(fun() -> math:floor(1.5) end),  % expect: 1.0
    show(fun() -> math:ceil(1.2) end),  % expect: 2.0
    show(fun() -> math:sin(0) end),  % expect: 0.0
    show(fun() -> math:cos(0) end),  % expect: 1.0
    show(fun() -> math:tanh(0) end),  % expect: 0.0
    show(fun() -> math:erf(0) end).  % expect: 0.0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% try: edge, default class is throw.
-module(try_edge_default_class_is_throw).
-export([start/0, id/1]).

start() ->
    show(fun() -> try throw(x) catch x -> thrown end end),  % expect: thrown
    show(fun() -> try error(x) catch x -> thrown; error:x -> errored end end).  % expect: errored

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

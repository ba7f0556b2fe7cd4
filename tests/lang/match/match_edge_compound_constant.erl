%% match: edge, compound constant.
-module(match_edge_compound_constant).
-export([start/0, id/1]).

-define(C, {a, [1,2,{b}], #{}}).
f(?C) -> ok; f(_) -> no.

start() ->
    show(fun() -> f({a,[1,2,{b}],#{}}) end),  % expect: ok
    show(fun() -> f({a,[1,2,{c}],#{}}) end).  % expect: no

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

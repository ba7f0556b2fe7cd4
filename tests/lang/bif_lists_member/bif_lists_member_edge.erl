%% lists_member: edge.
-module(bif_lists_member_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:member(1.0, [1]) end),  % expect: false
    show(fun() -> lists:member([], [[]]) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

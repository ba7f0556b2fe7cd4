%% lists_member: normal.
-module(bif_lists_member_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:member(1, [1,2]) end),  % expect: true
    show(fun() -> lists:member(3, [1,2]) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

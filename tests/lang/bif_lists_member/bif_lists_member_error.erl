%% lists_member: error.
-module(bif_lists_member_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:member(a, id(x)) end),  % expect: error badarg
    show(fun() -> lists:member(a, id([b|c])) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

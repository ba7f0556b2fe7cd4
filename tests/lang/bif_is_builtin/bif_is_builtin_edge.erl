%% is_builtin: edge.
-module(bif_is_builtin_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:is_builtin(lists, reverse, 2) end),  % expect: true
    show(fun() -> erlang:is_builtin(erlang, nosuch, 0) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

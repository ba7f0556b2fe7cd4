%% function_exported: normal.
-module(bif_function_exported_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:function_exported(lists, map, 2) end),  % expect: true
    show(fun() -> erlang:function_exported(lists, nosuch, 2) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

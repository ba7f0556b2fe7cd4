%% function_exported: error.
-module(bif_function_exported_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:function_exported(id(1), f, 0) end),  % expect: error badarg
    show(fun() -> erlang:function_exported(a, b, id(c)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

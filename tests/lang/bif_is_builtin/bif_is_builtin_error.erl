%% is_builtin: error.
-module(bif_is_builtin_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:is_builtin(id(1), a, 0) end),  % expect: error badarg
    show(fun() -> erlang:is_builtin(a, b, id(c)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

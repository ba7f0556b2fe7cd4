%% is_function_1: error.
-module(bif_is_function_1_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_function(id(a)) end),  % expect: false
    show(fun() -> is_function(id({lists,map})) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

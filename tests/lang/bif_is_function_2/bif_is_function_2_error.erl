%% is_function_2: error.
-module(bif_is_function_2_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_function(fun() -> ok end, id(-1)) end),  % expect: error badarg
    show(fun() -> is_function(fun() -> ok end, id(a)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% is_function_2: normal.
-module(bif_is_function_2_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_function(fun() -> ok end, 0) end),  % expect: true
    show(fun() -> is_function(fun lists:map/2, 2) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

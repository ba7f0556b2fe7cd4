%% is_function_2: edge.
-module(bif_is_function_2_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_function(fun lists:map/2, 3) end),  % expect: false
    show(fun() -> is_function(id(a), 1) end),  % expect: false
    show(fun() -> is_function(id(fun(_) -> ok end), 255) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

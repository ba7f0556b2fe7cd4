%% is_map: error.
-module(bif_is_map_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_map(id([])) end),  % expect: false
    show(fun() -> is_map(id({})) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% system_info: error.
-module(bif_system_info_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:system_info(id(nosuch)) end),  % expect: error badarg
    show(fun() -> erlang:system_info(id(1)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

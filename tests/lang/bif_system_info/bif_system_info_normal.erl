%% system_info: normal.
-module(bif_system_info_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:system_info(machine) end),  % expect: "BEAM"
    show(fun() -> erlang:system_info(wordsize) end),  % expect: 8
    show(fun() -> is_integer(erlang:system_info(schedulers)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

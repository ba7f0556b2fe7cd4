%% convert_time_unit: normal.
-module(bif_convert_time_unit_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:convert_time_unit(id(1000), millisecond, second) end),  % expect: 1
    show(fun() -> erlang:convert_time_unit(id(1), second, nanosecond) end).  % expect: 1000000000

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

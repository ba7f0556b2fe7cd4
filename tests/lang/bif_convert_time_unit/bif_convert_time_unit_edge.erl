%% convert_time_unit: edge.
-module(bif_convert_time_unit_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:convert_time_unit(id(-1), millisecond, second) end),  % expect: -1
    show(fun() -> erlang:convert_time_unit(id(1999), millisecond, second) end),  % expect: 1
    show(fun() -> erlang:convert_time_unit(5, 10, 100) end).  % expect: 50

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

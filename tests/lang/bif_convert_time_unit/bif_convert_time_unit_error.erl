%% convert_time_unit: error.
-module(bif_convert_time_unit_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:convert_time_unit(id(1), bad, second) end),  % expect: error badarg
    show(fun() -> erlang:convert_time_unit(id(a), second, second) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

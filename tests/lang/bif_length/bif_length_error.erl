%% length: error.
-module(bif_length_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> length(id(a)) end),  % expect: error badarg
    show(fun() -> length(id([1|2])) end),  % expect: error badarg
    show(fun() -> length(id({})) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

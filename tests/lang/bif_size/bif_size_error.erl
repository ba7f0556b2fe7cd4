%% size: error.
-module(bif_size_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> size(id([])) end),  % expect: error badarg
    show(fun() -> size(id(#{})) end),  % expect: error badarg
    show(fun() -> size(id(a)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

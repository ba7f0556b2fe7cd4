%% tuple: error.
-module(tuple_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> element(3, id({1,2})) end),  % expect: error badarg
    show(fun() -> setelement(3, id({1,2}), x) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% not_exactly_equal: error.
-module(bif_not_exactly_equal_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(x) =/= id(y) end),  % expect: true
    show(fun() -> id(<<>>) =/= id("") end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

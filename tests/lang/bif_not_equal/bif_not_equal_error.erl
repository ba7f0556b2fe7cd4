%% not_equal: error.
-module(bif_not_equal_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(a) /= id('a') end),  % expect: false
    show(fun() -> id(<<1:1>>) /= id(<<1:2>>) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% less_than: error.
-module(bif_less_than_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(a) < id(1) end),  % expect: false
    show(fun() -> id(<<1:7>>) < id(<<1>>) end),  % expect: false
    show(fun() -> id({1,2,3}) < id({9,9}) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

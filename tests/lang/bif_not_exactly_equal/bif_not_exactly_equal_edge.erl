%% not_exactly_equal: edge.
-module(bif_not_exactly_equal_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(#{a=>1}) =/= id(#{a=>1.0}) end),  % expect: true
    show(fun() -> id([1|2]) =/= id([1|2]) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

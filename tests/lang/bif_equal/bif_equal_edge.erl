%% equal: edge.
-module(bif_equal_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id({1,2.0}) == id({1.0,2}) end),  % expect: true
    show(fun() -> id(#{1=>a}) == id(#{1.0=>a}) end),  % expect: false
    show(fun() -> id(#{a=>1}) == id(#{a=>1.0}) end),  % expect: true
    show(fun() -> id(1 bsl 70) == id(1180591620717411303424.0) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% less_than: edge.
-module(bif_less_than_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1) < id(1.0) end),  % expect: false
    show(fun() -> id(1 bsl 60) < id(1.0e19) end),  % expect: true
    show(fun() -> id({}) < id(#{}) end),  % expect: true
    show(fun() -> id(#{}) < id([]) end),  % expect: true
    show(fun() -> id([]) < id([1]) end),  % expect: true
    show(fun() -> id([1]) < id(<<1>>) end),  % expect: true
    show(fun() -> id(self()) < id({}) end),  % expect: true
    show(fun() -> id(make_ref()) < id(fun() -> ok end) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

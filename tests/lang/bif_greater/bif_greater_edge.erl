%% greater: edge.
-module(bif_greater_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1.0) > id(1) end),  % expect: false
    show(fun() -> id(9007199254740993) > id(9007199254740992.0) end),  % expect: true
    show(fun() -> id({1,1,1}) > id({2,2}) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

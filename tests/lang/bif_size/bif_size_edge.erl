%% size: edge.
-module(bif_size_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> size(id({})) end),  % expect: 0
    show(fun() -> size(id(<<>>)) end),  % expect: 0
    show(fun() -> size(id(<<1:9>>)) end).  % expect: 1

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

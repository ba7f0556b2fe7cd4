%% catch: edge, value kept.
-module(catch_edge_value_kept).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin X = (catch id(5)), X + 1 end end),  % expect: 6
    show(fun() -> (catch catch throw(a)) end).  % expect: a

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

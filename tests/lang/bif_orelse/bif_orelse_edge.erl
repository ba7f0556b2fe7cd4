%% orelse: edge.
-module(bif_orelse_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(false) orelse id(whatever) end),  % expect: whatever
    show(fun() -> id(false) orelse [x] end).  % expect: [x]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% xor: edge.
-module(bif_xor_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(false) xor id(false) end),  % expect: false
    show(fun() -> (id(1) =:= 1) xor id(false) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

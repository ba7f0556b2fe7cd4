%% bxor: edge.
-module(bif_bxor_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1 bsl 80) bxor id(-1) end),  % expect: -1208925819614629174706177
    show(fun() -> id(-(1 bsl 70)) bxor id(-(1 bsl 70)) end),  % expect: 0
    show(fun() -> id(-5) bxor id(3) end).  % expect: -8

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

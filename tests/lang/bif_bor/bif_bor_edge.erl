%% bor: edge.
-module(bif_bor_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1 bsl 80) bor id(1) end),  % expect: 1208925819614629174706177
    show(fun() -> id(-(1 bsl 80)) bor id(5) end),  % expect: -1208925819614629174706171
    show(fun() -> id(-5) bor id(3) end).  % expect: -5

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

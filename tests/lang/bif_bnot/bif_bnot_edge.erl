%% bnot: edge.
-module(bif_bnot_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> bnot id(1 bsl 80) end),  % expect: -1208925819614629174706177
    show(fun() -> bnot id(-(1 bsl 80)) end),  % expect: 1208925819614629174706175
    show(fun() -> bnot id(576460752303423487) end).  % expect: -576460752303423488

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% try: error, try clause.
-module(try_error_try_clause).
-export([start/0, id/1]).

start() ->
    show(fun() -> try id(3) of 1 -> ok catch _:_ -> caught end end),  % expect: error {try_clause,3}
    show(fun() -> try id([]) of [_] -> ok after ok end end).  % expect: error {try_clause,[]}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% try: normal, of.
-module(try_normal_of).
-export([start/0, id/1]).

f(X) -> try X of 1 -> one; _ -> other catch _:_ -> caught end.

start() ->
    show(fun() -> f(1) end),  % expect: one
    show(fun() -> f(2) end).  % expect: other

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

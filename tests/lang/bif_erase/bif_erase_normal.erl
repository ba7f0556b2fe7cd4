%% erase: normal.
-module(bif_erase_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin put(a, 1), erase(a) end end),  % expect: 1
    show(fun() -> get(a) end).  % expect: undefined

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

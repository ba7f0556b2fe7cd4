%% receive: normal.
-module(receive_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin self() ! {a, 1}, receive {a, X} -> X end end end),  % expect: 1
    show(fun() -> begin self() ! x, self() ! y, receive y -> first end end end).  % expect: first

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

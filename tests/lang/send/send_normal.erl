%% send: normal.
-module(send_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin self() ! a, receive X -> X end end end),  % expect: a
    show(fun() -> begin X = (self() ! b), receive b -> X end end end).  % expect: b

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

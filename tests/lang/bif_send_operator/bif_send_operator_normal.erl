%% send_operator: normal.
-module(bif_send_operator_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin self() ! hello, receive X1 -> X1 end end end).  % expect: hello

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

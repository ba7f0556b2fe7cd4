%% send_operator: edge.
-module(bif_send_operator_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin register(sn, self()), sn ! x, receive X2 -> X2 end end end),  % expect: x
    show(fun() -> begin {sn, node()} ! y, receive X3 -> X3 end end end).  % expect: y

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

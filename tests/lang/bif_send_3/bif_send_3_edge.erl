%% send_3: edge.
-module(bif_send_3_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:send_nosuspend(self(), q) end),  % expect: true
    show(fun() -> erlang:send(self(), q, [noconnect]) end).  % expect: ok

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

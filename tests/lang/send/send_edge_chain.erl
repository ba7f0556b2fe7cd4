%% send: edge, chain.
-module(send_edge_chain).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin S = self(), S ! S ! c, [receive X -> X end, receive Y -> Y end] end end).  % expect: [c,c]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

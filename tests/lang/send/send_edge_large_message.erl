%% send: edge, large message.
% gc-stress: 5000
-module(send_edge_large_message).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin L = lists:seq(1, 50000), self() ! L, receive M -> M =:= L end end end),  % expect: true
    show(fun() -> begin B = binary:copy(<<"x">>, 100000), self() ! {B, B}, receive {X, Y} -> X =:= Y end end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

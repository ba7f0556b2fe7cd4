%% receive: edge, many messages.
% gc-stress: 5000
-module(receive_edge_many_messages).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin [self() ! I || I <- lists:seq(1, 10000)], self() ! last, receive last -> ok end, {message_queue_len, N} = process_info(self(), message_queue_len), N end end).  % expect: 10000

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

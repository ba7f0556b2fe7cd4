%% An answer that the asked process has to give costs it a reduction; a wide number in a binary is made by the process, not by the compiler.
-module(bif_process_info_edge_counted).
-export([start/0, id/1]).
-include("../waiting.hrl").

start() ->
    P = waiting(spawn(fun() -> receive go -> ok end end)),
    show(fun() -> [cost(P, Q) || Q <- [links, messages, memory, dictionary, current_function, [status, links]]] end),  % expect: [1,1,1,1,1,1]
    show(fun() -> [cost(P, Q) || Q <- [status, reductions, message_queue_len, trap_exit, priority, [status, message_queue_len]]] end),  % expect: [0,0,0,0,0,0]
    B = <<1:999999>>,
    Q = waiting(spawn(fun() -> receive go -> B end end)),
    show(fun() -> {binary, [{_, Size, _}]} = process_info(Q, binary), Size end).  % expect: 125000

cost(P, Question) ->
    {_, Before} = process_info(P, reductions),
    process_info(P, Question),
    {_, After} = process_info(P, reductions),
    After - Before.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% Calls of built-in functions that take long: edge, the process is there for others meanwhile.
% gc-stress: 20000
-module(long_calls_edge).
-export([start/0, id/1]).

-define(N, 30000).

start() ->
    show(fun() -> messages_wait() end),  % expect: {149242,[1,2,3]}
    show(fun() -> collected_meanwhile() end),  % expect: {30000,30000}
    show(fun() -> killed() end),  % expect: killed
    show(fun() -> first_call() end),  % expect: normal
    show(fun() -> many() end).  % expect: [31220929,75567195,16678891,39286004,44915314,54212587,127934412,87022325]

%% Messages sent during a call come in order behind it.
messages_wait() ->
    Self = self(),
    L = lists:seq(1, ?N),
    spawn(fun() -> [Self ! {n, I} || I <- [1, 2, 3]] end),
    B = term_to_binary(L),
    {byte_size(B), [receive {n, I} -> I end || _ <- [1, 2, 3]]}.

%% Another process asks for a collection while the call runs: its answer and arguments are kept.
collected_meanwhile() ->
    Self = self(),
    L = lists:seq(1, ?N),
    P = spawn(fun() -> Self ! {first, hd(lists:reverse(L)), length(L)} end),
    [erlang:garbage_collect(P) || _ <- lists:seq(1, 5)],
    receive {first, H, N} -> {H, N} end.

killed() ->
    {P, R} = spawn_monitor(fun() -> busy(lists:seq(1, ?N)) end),
    exit(P, kill),
    receive {'DOWN', R, process, P, Why} -> Why end.

busy(L) -> busy(lists:reverse(L)).

%% A built-in function as the first thing a process does, its caller as a link.
first_call() ->
    process_flag(trap_exit, true),
    P = spawn_link(lists, reverse, [lists:seq(1, ?N)]),
    receive {'EXIT', P, Why} -> Why end.

many() ->
    Self = self(),
    Ps = [spawn(fun() -> Self ! {self(), erlang:phash2(lists:seq(I, ?N + I))} end) || I <- lists:seq(1, 8)],
    [receive {P, H} -> H end || P <- Ps].

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% hibernate: nothing but a message wakes, whatever else comes and however often; where a tracer sees it.
-module(bif_hibernate_edge_what_wakes).
-export([start/0, woken/1, id/1]).

start() ->
    show(fun() -> signals(fun(P) -> erlang:demonitor(erlang:monitor(process, P)) end) end),  % expect: {asleep,true}
    show(fun() -> signals(fun(P) -> process_info(P, [messages, dictionary]) end) end),  % expect: {asleep,true}
    show(fun() -> signals(fun(P) -> link(P), unlink(P) end) end),  % expect: {asleep,true}
    show(fun() -> signals(fun(P) -> erlang:suspend_process(P), erlang:resume_process(P) end) end),  % expect: {asleep,true}
    show(fun() -> signals(fun(P) -> erlang:garbage_collect(P), erlang:check_process_code(P, lists) end) end),  % expect: {asleep,true}
    show(fun() -> signals(fun(P) -> exit(P, normal) end) end),  % expect: {asleep,true}
    show(fun() -> signals(fun(P) -> erlang:trace(P, true, [call]), erlang:trace(P, false, [call]) end) end),  % expect: {asleep,true}
    show(fun() -> signals(fun(P) -> group_leader(group_leader(), P) end) end),  % expect: {asleep,true}
    show(fun() -> early(300) end),  % expect: [[one]]
    show(fun() -> dropped_alias() end),  % expect: {[kept],normal}
    show(fun() -> trapped() end),  % expect: why
    show(fun() -> scheduled() end).  % expect: seen

%% Many sleepers, each of which gets many signals, some before it sleeps; then a message each.
signals(Send) ->
    Self = self(),
    Ps = [spawn(fun() -> receive go -> erlang:hibernate(?MODULE, woken, [Self]) end end) || _ <- lists:seq(1, 20)],
    [begin P ! go, Send(P), erlang:yield(), Send(P), Send(P) end || P <- Ps],
    Before = receive {woken, _, []} -> awake after 10 -> asleep end,
    [P ! {message, P} || P <- Ps],
    {Before, [receive {woken, P, Got} -> Got =:= [{message, P}] end || P <- Ps] =:= [true || _ <- Ps]}.

%% Messages that came before are there after it, too.
early(N) ->
    Self = self(),
    Ps = [spawn(fun() -> receive go -> erlang:hibernate(?MODULE, woken, [Self]) end end) || _ <- lists:seq(1, N)],
    [begin P ! go, erlang:demonitor(erlang:monitor(process, P)), P ! one end || P <- Ps],
    lists:usort([receive {woken, P, Got} -> Got end || P <- Ps]).

%% A message to an alias that is not active any more never comes.
dropped_alias() ->
    Self = self(),
    {P, M} = spawn_monitor(fun() -> A = alias(), unalias(A), Self ! {alias, A}, erlang:hibernate(?MODULE, woken, [Self]) end),
    A = receive {alias, It} -> It end,
    [A ! lost || _ <- lists:seq(1, 10)],
    P ! kept,
    R = receive {woken, P, Got} -> Got end,
    receive {'DOWN', M, _, _, Why} -> {R, Why} end.

%% An exit signal that is trapped is a message.
trapped() ->
    Self = self(),
    P = spawn(fun() -> process_flag(trap_exit, true), Self ! ready, erlang:hibernate(?MODULE, woken, [Self]) end),
    receive ready -> ok end,
    exit(P, why),
    receive {woken, P, [{'EXIT', Self, R}]} -> R end.

scheduled() ->
    Self = self(),
    P = spawn(fun() -> receive go -> erlang:hibernate(?MODULE, woken, [Self]) end end),
    stands(P, {?MODULE, '-scheduled/0-fun-0-', 1}),
    erlang:trace(P, true, [running]),
    P ! go,
    stands(P, {erlang, hibernate, 3}),
    receive {trace, P, out, {erlang, hibernate, 3}} -> exit(P, kill), seen end.

stands(P, Where) ->
    case process_info(P, [status, current_function]) of
        [{status, waiting}, {current_function, Where}] -> ok;
        [{status, waiting}, {current_function, {_, '-scheduled/0-fun-0-', _}}] when element(2, Where) =/= hibernate -> ok;
        _ -> erlang:yield(), stands(P, Where)
    end.

%% What is there when it begins.
woken(To) ->
    {messages, Ms} = process_info(self(), messages),
    To ! {woken, self(), Ms}.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% system_monitor: edge.
-module(system_monitor_edge).
-export([start/0, big/0]).

start() ->
    show(fun() -> begin erlang:system_monitor(self(), [{large_heap, 1000}]), R = mine(erlang:system_monitor()), erlang:system_monitor(undefined), R end end),  % expect: {self,[{large_heap,16384}]}
    show(fun() -> [{E, is_port(I)} || {E, I} <- events([busy_port], fun() -> Q = open_port({spawn, "sleep 1"}, []), spawn(fun() -> timer:sleep(60), exit(Q, kill) end), port_command(Q, binary:copy(<<1>>, 1000000)), port_command(Q, <<1>>) end)] end),  % expect: [{busy_port,true}]
    show(fun() -> events([{large_heap, 100000000}], fun() -> big() end) end),  % expect: []
    show(fun() -> begin P = spawn(fun() -> receive stop -> ok end end), erlang:system_monitor(P, [busy_port]), M = monitor(process, P), P ! stop, receive {'DOWN', M, _, _, _} -> ok end, timer:sleep(5), erlang:system_monitor() end end).  % expect: undefined

%% The events of the VM while Fun runs in a process of its own, which they must be about.
events(Opts, Fun) ->
    erlang:system_monitor(self(), Opts),
    {P, M} = spawn_monitor(Fun),
    receive {'DOWN', M, _, _, _} -> ok end,
    timer:sleep(5),
    erlang:system_monitor(undefined),
    drain(P).

drain(P) -> receive {monitor, P, Event, Info} -> [{Event, Info} | drain(P)]; {monitor, _, _, _} -> drain(P) after 0 -> [] end.

profiled(Opts, Fun) ->
    erlang:system_profile(self(), Opts),
    {P, M} = spawn_monitor(Fun),
    receive {'DOWN', M, _, _, _} -> ok end,
    erlang:system_profile(undefined, []),
    states(P).

states(P) -> receive {profile, P, What, _, _} -> [What | states(P)]; E when element(1, E) =:= profile -> states(P) after 0 -> [] end.

mine(undefined) -> undefined;
mine({P, Opts}) when P =:= self() -> {self, Opts}.

show(F) ->
    try F() of
        V -> io:format("~w~n", [V])
    catch
        C:R -> io:format("~w ~w~n", [C, R])
    end.

%% A heap of 200,000 words that is collected.
big() ->
    T = erlang:make_tuple(200000, 0),
    erlang:garbage_collect(),
    tuple_size(T).

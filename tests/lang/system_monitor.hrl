%% What the tests of erlang:system_monitor/2 and erlang:system_profile/2 share: the events about one process.
-include("named.hrl").

%% The events of the VM while Fun runs in a process of its own, which they must be about.
events(Opts, Fun) ->
    erlang:system_monitor(self(), Opts),
    {P, M} = spawn_monitor(Fun),
    receive {'DOWN', M, _, _, _} -> ok end,
    First = receive {monitor, P, Event, Info} -> {Event, Info} after 30000 -> nothing end,
    erlang:system_monitor(undefined),
    [First | drain(P)].

%% The same where there should be none.
no_events(Opts, Fun) ->
    erlang:system_monitor(self(), Opts),
    {P, M} = spawn_monitor(Fun),
    receive {'DOWN', M, _, _, _} -> ok end,
    timer:sleep(20),
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

%% A heap of 200,000 words that is collected.
big() ->
    T = erlang:make_tuple(200000, 0),
    erlang:garbage_collect(),
    tuple_size(T).

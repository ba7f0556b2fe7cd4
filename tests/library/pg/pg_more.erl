%% Groups in the default scope and in another; monitoring.
-module(pg_more).
-include("../show.hrl").

start() ->
    process_flag(trap_exit, true),
    show(fun() -> element(1, pg:start_link()) end),
    show(fun() -> pg:start_link() end),
    show(fun() -> element(1, pg:start_link(other_scope)) end),
    show(fun() -> pg:join(g, self()) end),
    show(fun() -> pg:join(g, [self(), self()]) end),
    show(fun() -> [length(pg:get_members(g)), length(pg:get_local_members(g)), pg:get_members(none)] end),
    show(fun() -> [pg:which_groups(), pg:which_local_groups()] end),
    show(fun() -> pg:join(other_scope, h, self()) end),
    show(fun() -> [pg:which_groups(other_scope), pg:which_groups()] end),
    show(fun() -> monitored() end),
    show(fun() -> scope() end),
    show(fun() -> pg:leave(g, self()) end),
    show(fun() -> pg:leave(g, [self()]) end),
    show(fun() -> pg:leave(none, self()) end),
    show(fun() -> length(pg:get_members(g)) end),
    show(fun() -> pg:join("x", foo) end),
    show(fun() -> pg:demonitor(make_ref()) end).

monitored() ->
    {Ref, Members} = pg:monitor(g),
    P = spawn(fun() -> receive stop -> ok end end),
    ok = pg:join(g, P),
    Joined = next(),
    P ! stop,
    Left = next(),
    Off = pg:demonitor(Ref),
    {length(Members), plain(Joined), plain(Left), Off, pg:demonitor(Ref)}.

scope() ->
    {Ref, Map} = pg:monitor_scope(),
    ok = pg:join(s, self()),
    R = next(),
    ok = pg:leave(s, self()),
    R2 = next(),
    {plain(Map), plain(R), plain(R2), pg:demonitor(Ref)}.

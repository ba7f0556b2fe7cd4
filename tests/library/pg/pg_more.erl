%% Groups in the default scope and in another; monitoring.
-module(pg_more).
-include("../show.hrl").

start() ->
    process_flag(trap_exit, true),
    show(fun() -> element(1, pg:start_link()) end),  % expect: ok
    show(fun() -> pg:start_link() end),  % expect: {error,{already_started,pid}}
    show(fun() -> element(1, pg:start_link(other_scope)) end),  % expect: ok
    show(fun() -> pg:join(g, self()) end),  % expect: ok
    show(fun() -> pg:join(g, [self(), self()]) end),  % expect: ok
    show(fun() -> [length(pg:get_members(g)), length(pg:get_local_members(g)), pg:get_members(none)] end),  % expect: [3,3,[]]
    show(fun() -> [pg:which_groups(), pg:which_local_groups()] end),  % expect: [[g],[g]]
    show(fun() -> pg:join(other_scope, h, self()) end),  % expect: ok
    show(fun() -> [pg:which_groups(other_scope), pg:which_groups()] end),  % expect: [[h],[g]]
    show(fun() -> monitored() end),  % expect: {3,{ref,join,g,[pid]},{ref,leave,g,[pid]},ok,false}
    show(fun() -> scope() end),  % expect: {#{g => [pid,pid,pid]},{ref,join,s,[pid]},{ref,leave,s,[pid]},ok}
    show(fun() -> pg:leave(g, self()) end),  % expect: ok
    show(fun() -> pg:leave(g, [self()]) end),  % expect: ok
    show(fun() -> pg:leave(none, self()) end),  % expect: not_joined
    show(fun() -> length(pg:get_members(g)) end),  % expect: 1
    show(fun() -> pg:join("x", foo) end),  % expect: error function_clause
    show(fun() -> pg:demonitor(make_ref()) end).  % expect: false

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

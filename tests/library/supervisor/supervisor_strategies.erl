%% What dies and what is started again under each strategy and kind of child, and in which order.
-module(supervisor_strategies).
-behaviour(supervisor).
-export([init/1, child/2, child/3]).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    register(sup_watch, self()),
    show(fun() -> kills(one_for_one, [a, b, c], b, kill) end),  % expect: {[{started,b}],[{c,true},{b,true},{a,true}],true}
    show(fun() -> kills(one_for_all, [a, b, c], b, kill) end),  % expect: {[{ended,c,shutdown},{ended,a,shutdown},{started,a},{started,b},{started,c}],[{c,true},{b,true},{a,true}],true}
    show(fun() -> kills(rest_for_one, [a, b, c], b, kill) end),  % expect: {[{ended,c,shutdown},{started,b},{started,c}],[{c,true},{b,true},{a,true}],true}
    show(fun() -> kills(rest_for_one, [a, b, c], a, kill) end),  % expect: {[{ended,c,shutdown},{ended,b,shutdown},{started,a},{started,b},{started,c}],[{c,true},{b,true},{a,true}],true}
    show(fun() -> kills(rest_for_one, [a, b, c], c, kill) end),  % expect: {[{started,c}],[{c,true},{b,true},{a,true}],true}
    show(fun() -> kills(one_for_one, [{a, transient}, b], a, normal) end),  % expect: {[],[{b,true},{a,false}],true}
    show(fun() -> kills(one_for_one, [{a, transient}, b], a, shutdown) end),  % expect: {[],[{b,true},{a,false}],true}
    show(fun() -> kills(one_for_one, [{a, transient}, b], a, {shutdown, why}) end),  % expect: {[],[{b,true},{a,false}],true}
    show(fun() -> kills(one_for_one, [{a, transient}, b], a, wrong) end),  % expect: {[{started,a}],[{b,true},{a,true}],true}
    show(fun() -> kills(one_for_one, [{a, temporary}, b], a, wrong) end),  % expect: {[],[{b,true}],true}
    show(fun() -> kills(one_for_one, [{a, permanent}, b], a, normal) end),  % expect: {[{started,a}],[{b,true},{a,true}],true}
    show(fun() -> kills(one_for_all, [{a, transient}, b], a, normal) end),  % expect: {[],[{b,true},{a,false}],true}
    show(fun() -> kills(one_for_all, [{a, temporary}, b, {c, temporary}], b, wrong) end),  % expect: {[{ended,c,shutdown},{ended,a,shutdown},{started,b}],[{b,true}],true}
    show(fun() -> kills(one_for_all, [{a, temporary}, b], a, wrong) end),  % expect: {[],[{b,true}],true}
    show(fun() -> kills(rest_for_one, [a, {b, temporary}, c], a, wrong) end),  % expect: {[{ended,c,shutdown},{ended,b,shutdown},{started,a},{started,c}],[{c,true},{a,true}],true}
    show(fun() -> intensity(0, 5, 1) end),  % expect: shutdown
    show(fun() -> intensity(1, 5, 1) end),  % expect: alive
    show(fun() -> intensity(1, 5, 2) end),  % expect: shutdown
    show(fun() -> intensity(3, 5, 3) end),  % expect: alive
    show(fun() -> intensity(3, 5, 4) end),  % expect: shutdown
    show(fun() -> significant(any_significant, [{a, transient, true}, {b, transient, true}], [a]) end),  % expect: {shutdown,[{'EXIT',pid,shutdown},{ended,b,shutdown}]}
    show(fun() -> significant(all_significant, [{a, transient, true}, {b, transient, true}], [a]) end),  % expect: {alive,[]}
    show(fun() -> significant(all_significant, [{a, transient, true}, {b, transient, true}], [a, b]) end),  % expect: {shutdown,[{'EXIT',pid,shutdown}]}
    show(fun() -> significant(all_significant, [{a, temporary, true}, {b, transient, true}, {c, permanent, false}], [a, b]) end),  % expect: {shutdown,[{'EXIT',pid,shutdown},{ended,c,shutdown}]}
    show(fun() -> significant(never, [{a, temporary, true}], [a]) end),  % expect: {error,{start_spec,{bad_combination,[{auto_shutdown,never},{significant,true}]}}}
    show(fun() -> significant(any_significant, [{a, permanent, true}], [a]) end),  % expect: {error,{start_spec,{bad_combination,[{restart,permanent},{significant,true}]}}}
    show(fun() -> significant(any_significant, [{a, temporary, false}, {b, temporary, true}], [a]) end),  % expect: {alive,[]}
    show(fun() -> shutdown([{a, brutal_kill}, {b, 50}, {c, infinity}]) end),  % expect: {shutdown,[{ended,c,shutdown},{ended,b,shutdown}]}
    show(fun() -> shutdown([{stubborn, 10}, {b, 50}]) end),  % expect: {shutdown,[{ended,b,shutdown}]}
    show(fun() -> failing_start([ok, {error, no}, ok]) end),  % expect: {{error,{shutdown,{failed_to_start_child,{{error,no},2},no}}},none,[{started,{c,1}},{ended,{c,1},shutdown}]}
    show(fun() -> failing_start([ok, ignore, ok]) end),  % expect: {ok,[{{ok,3},true},{{ignore,2},false},{{ok,1},true}],[{started,{c,1}},{started,{c,3}}]}
    show(fun() -> failing_start([ok, nonsense, ok]) end),  % expect: {{error,{shutdown,{failed_to_start_child,{nonsense,2},nonsense}}},none,[{started,{c,1}},{ended,{c,1},shutdown}]}
    show(fun() -> failing_start([ok, crash, ok]) end).  % expect: {{error,{shutdown,{failed_to_start_child,{crash,2},{'EXIT',{crash,{at,supervisor_strategies,child,3}}}}}},none,[{started,{c,1}},{ended,{c,1},shutdown}]}

%% A child tells the tester that it starts and why it ends.
child(Name, To) -> child(Name, To, ok).
child(stubborn, To, _) -> {ok, spawn_link(fun() -> process_flag(trap_exit, true), To ! {started, stubborn}, stay() end)};
child(Name, To, ok) ->
    proc_lib:start_link(erlang, apply, [fun() ->
        process_flag(trap_exit, true),
        To ! {started, Name},
        proc_lib:init_ack({ok, self()}),
        loop(Name, To)
    end, []]);
child(_, _, {error, _} = E) -> E;
child(_, _, crash) -> error(crash);
child(_, _, Other) -> Other.

stay() -> receive never -> ok end.
loop(Name, To) ->
    receive
        {'EXIT', _, R} -> To ! {ended, Name, R}, exit(R);
        {die, R} -> exit(R)
    end.

init(Spec) -> Spec.

spec({Id, Restart}) -> #{id => Id, start => {?MODULE, child, [Id, whereis(sup_watch)]}, restart => Restart, shutdown => 100};
spec({Id, Restart, Significant}) -> (spec({Id, Restart}))#{significant => Significant};
spec(Id) -> spec({Id, permanent}).

start(Flags, Specs) -> supervisor:start_link(?MODULE, {ok, {Flags, Specs}}).

pid(Sup, Id) -> {Id, P, _, _} = lists:keyfind(Id, 1, supervisor:which_children(Sup)), P.

die(P, kill) -> exit(P, kill);
die(P, R) -> P ! {die, R}.

kills(Strategy, Specs, Victim, How) ->
    {ok, Sup} = start(#{strategy => Strategy, intensity => 5, period => 5}, [spec(S) || S <- Specs]),
    drain(),
    P = pid(Sup, Victim),
    M = monitor(process, P),
    die(P, How),
    receive {'DOWN', M, _, _, _} -> ok end,
    settled(),
    Children = [{Id, is_pid(C)} || {Id, C, _, _} <- supervisor:which_children(Sup)],
    Seen = mail(),
    stop(Sup),
    drain(),
    {Seen, Children, supervisor_gone(Sup)}.

supervisor_gone(Sup) -> not is_process_alive(Sup).
mail() -> receive M -> [plain(M) | mail()] after 0 -> [] end.

stop(Sup) -> unlink(Sup), M = monitor(process, Sup), exit(Sup, shutdown), receive {'DOWN', M, _, _, R} -> R after 30000 -> alive end.

%% Kills a child N times.
intensity(I, Period, N) ->
    {ok, Sup} = start(#{strategy => one_for_one, intensity => I, period => Period}, [spec(a)]),
    M = monitor(process, Sup),
    again(Sup, N),
    settled(),
    R = receive {'DOWN', M, _, _, Why} -> Why after 0 -> alive end,
    [stop(Sup) || R =:= alive],
    drain(),
    R.
again(_, 0) -> ok;
again(Sup, N) ->
    P = pid(Sup, a),
    M = monitor(process, P),
    exit(P, kill),
    receive {'DOWN', M, _, _, _} -> ok end,
    settled(),
    again(Sup, N - 1).

significant(Auto, Specs, Victims) ->
    case start(#{strategy => one_for_one, auto_shutdown => Auto}, [spec(S) || S <- Specs]) of
        {ok, Sup} ->
            M = monitor(process, Sup),
            drain(),
            [die(pid(Sup, V), normal) || V <- Victims],
            settled(),
            R = receive {'DOWN', M, _, _, Why} -> Why after 0 -> alive end,
            Seen = lists:usort(mail()),
            [stop(Sup) || R =:= alive],
            drain(),
            {R, Seen};
        Error -> drain(), Error
    end.

%% Children end in the opposite order of their starts.
shutdown(Specs) ->
    {ok, Sup} = start(#{}, [(spec(Id))#{shutdown => How} || {Id, How} <- Specs]),
    drain(),
    R = stop(Sup),
    {R, mail()}.

failing_start(Kinds) ->
    Specs = [#{id => {Kind, N}, start => {?MODULE, child, [{c, N}, self(), Kind]}} || {Kind, N} <- lists:zip(Kinds, lists:seq(1, length(Kinds)))],
    R = start(#{}, Specs),
    settled(),
    Seen = [M || M <- mail(), element(1, M) =/= 'EXIT'],
    Which = case R of {ok, Sup} -> W = [{Id, is_pid(C)} || {Id, C, _, _} <- supervisor:which_children(Sup)], stop(Sup), drain(), W; _ -> none end,
    {case R of {ok, _} -> ok; {error, {shutdown, {failed_to_start_child, Id, {E, [_ | _]}}}} -> {failed, Id, E}; _ -> R end, Which, Seen}.

%% The rehearsal's limits, who is found as a keeper of state, and the transaction.
-module(transom_upgrade_tests).

-include_lib("eunit/include/eunit.hrl").

-export([init/1, handle_call/3, handle_cast/2]).

-include("reloading.hrl").

init(N) -> {ok, N}.
handle_call(get, _, S) -> {reply, S, S}.
handle_cast(_, S) -> {noreply, S}.

rehearsal_test_() ->
    {timeout, 60, fun() ->
        {ok, P} = gen_server:start(?MODULE, 7, []),
        [{P, ?MODULE, gen_server, _}] = transom_upgrade:servers([?MODULE]),
        Servers = [{P, ?MODULE, gen_server}],
        Try = fun(F) -> maps:get(?MODULE, transom_upgrade:rehearse(Servers, fun(_, _, S) -> F(S) end, 2000)) end,
        #{converted := 1, failed := []} = Try(fun(7) -> {ok, 8} end),
        #{converted := 1} = Try(fun(S) -> throw({ok, S}) end),
        #{failed := [{P, {bad_return, no}}]} = Try(fun(_) -> no end),
        #{failed := [{P, {error, badarith, _}}]} = Try(fun(S) -> S / zero() end),
        #{failed := [{P, {exit, stop, _}}]} = Try(fun(_) -> exit(stop) end),
        %% An endless conversion and one that eats memory end, and the server knows nothing of it.
        #{failed := [{P, time_limit}]} = Try(fun(_) -> receive never -> ok end end),
        #{failed := [{P, Limit}]} = Try(fun Loop(S) -> Loop(S) end),
        true = lists:member(Limit, [reduction_limit, time_limit]),
        #{failed := [{P, heap_limit}]} = Try(fun(_) -> grow([]) end),
        7 = gen_server:call(P, get),
        gen_server:stop(P),
        [] = transom_upgrade:servers([?MODULE])
    end}.

zero() -> list_to_integer("0").

grow(L) -> grow([lists:seq(1, 1000) | L]).

transaction_test_() ->
    each([{undone, fun undone/1}, {busy, fun busy/1}, {suspend_withdrawn, fun suspend_withdrawn/1},
          {dead_between, fun dead_between/1}, {order, fun order/1}, {transactions_under_load, fun transactions_under_load/1},
          {statem_and_event, fun statem_and_event/1}]).

%% It converts in the rehearsal but not in the server itself: the third of three. All have their old state and their messages in order.
undone(Dir) ->
    first(Dir, rs, server("a = 1", "{ok, S}")),
    Ps = [serve() || _ <- lists:seq(1, 3)],
    [register(rs_bad, P) || P <- [hd(Ps)]],
    Me = self(),
    spawn_link(fun() -> [begin [P ! {note, Me, {P, N}} || P <- Ps], timer:sleep(1) end || N <- lists:seq(1, 100)] end),
    Failed = load(Dir, rs, server("a = 1", "case whereis(rs_bad) =:= self() of true -> {error, no}; false -> {ok, {s, changed}} end")),
    {error, #{result := rolled_back}} = Failed,
    ['R005'] = codes(Failed),
    [{s, 1}, {s, 1}, {s, 1}] = [gen_server:call(P, get) || P <- Ps],
    [[N = receive {noted, {P, Got}} -> Got after 30000 -> none end || N <- lists:seq(1, 100)] || P <- Ps],
    [gen_server:stop(P) || P <- Ps].

%% The server is asked to stand still while it is busy: refused, and later it is not found frozen.
busy(Dir) ->
    first(Dir, rs, server("a = 1", "{ok, S}")),
    P = serve(),
    spawn(fun() -> gen_server:call(P, {sleep, 2000}) end),
    is_busy(P),
    File = file(Dir, rs, server("a = 1", "{ok, {s, 9}}")),
    Refused = transom_reload:reload([File], #{timeout => 100}),
    true = lists:member(hd(codes(Refused)), ['R005', 'R007']),
    Forced = transom_reload:reload([File], #{timeout => 50, force => true}),
    {error, #{result := rolled_back}} = Forced,
    ['R007'] = codes(Forced),
    {s, 1} = gen_server:call(P, get),
    {ok, _} = transom_reload:reload([File]),
    {s, 9} = gen_server:call(P, get),
    gen_server:stop(P).

%% Until it sleeps in its callback.
is_busy(P) ->
    case process_info(P, current_stacktrace) of
        {current_stacktrace, [{timer, sleep, 1, _} | _]} -> ok;
        _ -> timer:sleep(1), is_busy(P)
    end.

suspend_withdrawn(Dir) ->
    first(Dir, rs, server("a = 1", "{ok, S}")),
    P = serve(),
    spawn(fun() -> gen_server:call(P, {sleep, 1000}) end),
    is_busy(P),
    ?assertExit({timeout, {sys, suspend, [P, 20]}}, sys:suspend(P, 20)),
    {s, 1} = gen_server:call(P, get, 30000),
    gen_server:stop(P).

%% A server that dies while others are converted holds nobody up.
dead_between(Dir) ->
    first(Dir, rs, server("a = 1", "{ok, S}")),
    Ps = [serve() || _ <- lists:seq(1, 3)],
    register(rs_victim, hd(Ps)),
    {ok, _} = load(Dir, rs, server("a = 1", "case {get('$initial_call'), whereis(rs_victim)} of {undefined, _} -> {ok, S};"
                                            " {_, undefined} -> {ok, {s, new}}; {_, P} -> exit(P, kill), {ok, {s, new}} end")),
    [{s, new}, {s, new}] = [gen_server:call(P, get) || P <- tl(Ps)],
    [gen_server:stop(P) || P <- tl(Ps)].

%% Deeper in the tree first: a server that another one has started may be called by it.
order(Dir) ->
    first(Dir, rs, server("a = 1", "{ok, S}")),
    Outer = serve(),
    Inner = element(2, sys:replace_state(Outer, fun(_) -> {s, serve()} end)),
    [{Inner, rs, gen_server, _}, {Outer, rs, gen_server, _}] = transom_upgrade:servers([rs]),
    %% In that order they stand still and convert, in the opposite one they go on.
    Me = self(),
    persistent_term:put(rs_order, Me),
    Trace = trace:session_create(rs_order, spawn_link(fun Loop() -> receive {trace, P, 'receive', {system, _, What}} -> Me ! {What, P}; _ -> ok end, Loop() end), []),
    [trace:process(Trace, P, true, ['receive']) || P <- [Inner, Outer]],
    {ok, #{converted := 2}} = load(Dir, rs, server("a = 1", "case get('$ancestors') of undefined -> {ok, S}; _ -> persistent_term:get(rs_order) ! {converts, self()}, {ok, S} end")),
    trace:session_destroy(Trace),
    persistent_term:erase(rs_order),
    Seen = fun Seen() -> receive {What, P} when is_pid(P), What =:= suspend orelse What =:= resume orelse What =:= converts -> [{What, P} | Seen()] after 1000 -> [] end end,
    Order = Seen(),
    [Inner, Outer] = [P || {suspend, P} <- Order],
    [Inner, Outer] = [P || {converts, P} <- Order],
    [Outer, Inner] = [P || {resume, P} <- Order],
    [gen_server:stop(P) || P <- [Inner, Outer]].

%% Twenty servers under steady messages; every other reload fails in one of them, in the middle of converting. States are those of one version,
%% and each server has seen every message once and in order.
transactions_under_load(Dir) ->
    Code = fun(N) -> server("a = 1", "case {get('$initial_call'), whereis(rs_bad) =:= self()} of {undefined, _} -> {ok, S}; {_, true} when " ++
                                integer_to_list(N) ++ " rem 2 =:= 0 -> error(no); _ -> {ok, {s, " ++ integer_to_list(N) ++ "}} end") end,
    first(Dir, rs, server("a = 1", "{ok, S}")),
    Ps = [serve() || _ <- lists:seq(1, 20)],
    register(rs_bad, lists:nth(10, Ps)),
    Senders = [spawn_monitor(fun() -> send_notes(Ps, 1) end) || _ <- lists:seq(1, 3)],
    [begin
         Outcome = transom_reload:reload([file(Dir, rs, Code(N))]),
         Made = case N rem 2 of 0 -> N - 1; 1 -> N end,
         Result = case N rem 2 of 0 -> rolled_back; 1 -> reloaded end,
         {_, #{result := Result}} = Outcome,
         [{s, Made} = gen_server:call(P, get) || P <- Ps]
     end || N <- lists:seq(1, 8)],
    [S ! stop || {S, _} <- Senders],
    [receive {'DOWN', Mon, _, _, Why} -> all_there = Why after 60000 -> timeout = Mon end || {_, Mon} <- Senders],
    [gen_server:stop(P) || P <- Ps].

send_notes(Ps, N) ->
    [P ! {note, self(), {P, N}} || P <- Ps],
    receive stop -> exit(noted(Ps, N))
    after 1 -> send_notes(Ps, N + 1)
    end.

noted(Ps, N) ->
    try
        [[K = receive {noted, {P, Got}} -> Got after 30000 -> none end || K <- lists:seq(1, N)] || P <- Ps],
        all_there
    catch error:What -> What
    end.

statem_and_event(Dir) ->
    Sm = fun(V, Cc) -> "-behaviour(gen_statem).\n-export([init/1, callback_mode/0, a/3, code_change/4]).\n-vsn(" ++ V ++ ").\n"
                           "init(D) -> {ok, a, D}.\ncallback_mode() -> state_functions.\n"
                           "a({call, F}, get, D) -> {keep_state_and_data, [{reply, F, D}]}.\ncode_change(Vsn, S, D, _) -> " ++ Cc ++ ".\n" end,
    first(Dir, rs, Sm("1", "{ok, S, {Vsn, D}}")),
    {ok, P} = gen_statem:start(rs, data, []),
    {ok, #{converted := 1}} = load(Dir, rs, Sm("2", "{ok, S, {Vsn, D, new}}")),
    {1, data, new} = gen_statem:call(P, get),
    gen_statem:stop(P),
    Ev = fun(Cc) -> "-behaviour(gen_event).\n-export([init/1, handle_event/2, handle_call/2, code_change/3]).\n"
                        "init(S) -> {ok, S}.\nhandle_event(_, S) -> {ok, S}.\nhandle_call(get, S) -> {ok, S, S}.\n"
                        "code_change(_, S, _) -> " ++ Cc ++ ".\n" end,
    first(Dir, ra, Ev("{ok, S}")),
    {ok, E} = gen_event:start(),
    ok = gen_event:add_handler(E, ra, 1),
    {ok, #{converted := 1}} = load(Dir, ra, Ev("{ok, S + 1}")),
    2 = gen_event:call(E, ra, get),
    Refused = load(Dir, ra, Ev("{error, S}")),
    ['R005'] = codes(Refused),
    2 = gen_event:call(E, ra, get),
    gen_event:stop(E).

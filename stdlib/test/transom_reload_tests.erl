%% Versions of modules driven through files: plans, refusals, the transaction and its undoing, what is carried over.
-module(transom_reload_tests).

-include_lib("eunit/include/eunit.hrl").

-export([log/2]).

reload_test_() ->
    {setup, fun start/0, fun stop/1,
     fun(Dir) ->
             [{atom_to_list(Name), {timeout, 60, fun() -> try F(Dir) after forget() end end}}
              || {Name, F} <- [{several_at_once, fun several_at_once/1}, {one_is_broken, fun one_is_broken/1},
                               {unchanged, fun unchanged/1}, {carried_over, fun carried_over/1}, {stranded, fun stranded/1},
                               {closures, fun closures/1}, {exports, fun exports/1}, {on_load, fun on_load/1},
                               {converts, fun converts/1}, {rehearsal, fun rehearsal/1}, {undone, fun undone/1},
                               {record_without_code_change, fun record_without_code_change/1}, {back, fun back/1},
                               {no_way_back, fun no_way_back/1}, {first_load_undone, fun first_load_undone/1}, {busy, fun busy/1},
                               {statem_and_event, fun statem_and_event/1}, {plan_changes_nothing, fun plan_changes_nothing/1},
                               {library_is_protected, fun library_is_protected/1}, {header, fun header/1}, {reports, fun reports/1},
                               {caller_in_old_code, fun caller_in_old_code/1}, {suspend_withdrawn, fun suspend_withdrawn/1},
                               {dead_between, fun dead_between/1}, {order, fun order/1}, {transactions_under_load, fun transactions_under_load/1}, {funs_held, fun funs_held/1},
                               {states, fun states/1}, {versions_named, fun versions_named/1}, {callers_named, fun callers_named/1},
                               {undone_and_done_again, fun undone_and_done_again/1}, {differences, fun differences/1},
                               {guard_ok, fun guard_ok/1}, {guard_goes_back, fun guard_goes_back/1},
                               {guard_without_traffic, fun guard_without_traffic/1}, {guard_starts_anew, fun guard_starts_anew/1},
                               {guard_sees_slowness, fun guard_sees_slowness/1}, {guard_needs_a_way_back, fun guard_needs_a_way_back/1}]]
     end}.

start() ->
    Dir = filename:join("/tmp", "transom-reload-tests-" ++ os:getpid()),
    ok = filelib:ensure_dir(filename:join(Dir, "x")),
    Dir.

stop(Dir) -> file:del_dir_r(Dir).

%% Every test begins without the modules of the one before.
forget() ->
    [begin
         Mon = monitor(process, P),
         exit(P, kill),
         receive {'DOWN', Mon, _, _, _} -> ok end
     end || {P, _, _, _} <- transom_upgrade:servers([ra, rb, rs])],
    [begin
         code:purge(M),
         code:delete(M),
         code:purge(M)
     end || M <- [ra, rb, rs], erlang:module_loaded(M)].

file(Dir, M, Text) ->
    File = filename:join(Dir, atom_to_list(M) ++ ".erl"),
    ok = file:write_file(File, ["-module(", atom_to_list(M), ").\n", Text]),
    File.

load(Dir, M, Text) -> transom_reload:reload([file(Dir, M, Text)]).

%% The first version, whatever was there.
first(Dir, M, Text) ->
    {ok, #{result := reloaded}} = load(Dir, M, Text),
    ok.

codes({error, #{refusals := Rs}}) -> [C || {C, _, _, _} <- Rs].

value(V) -> "-export([v/0]).\nv() -> " ++ V ++ ".\n".

several_at_once(Dir) ->
    Files = [file(Dir, ra, value("a1")), file(Dir, rb, value("b1"))],
    {ok, #{result := reloaded}} = transom_reload:reload(Files),
    [a1, b1] = [ra:v(), rb:v()],
    file(Dir, ra, value("a2")),
    file(Dir, rb, value("b2")),
    {ok, #{result := reloaded, modules := Ms}} = transom_reload:reload(Files),
    2 = length(Ms),
    [a2, b2] = [ra:v(), rb:v()].

one_is_broken(Dir) ->
    Files = [file(Dir, ra, value("a1")), file(Dir, rb, value("b1"))],
    {ok, _} = transom_reload:reload(Files),
    file(Dir, ra, value("a2")),
    file(Dir, rb, "-export([v/0]).\nv() -> X.\n"),
    {error, #{broken := [{_, [{Text, _}]}]} = Report} = Refused = transom_reload:reload(Files),
    ['R010'] = codes(Refused),
    {match, _} = {match, binary:match(Text, <<"'X' is unbound">>)},
    %% For programs: the parts, and nothing drawn.
    Path = unicode:characters_to_binary(lists:last(Files)),
    #{<<"result">> := <<"refused">>,
      <<"broken">> := [#{<<"file">> := Path,
                         <<"diagnostics">> := [#{<<"file">> := Path, <<"line">> := 3, <<"column">> := 8, <<"severity">> := <<"error">>,
                                                 <<"code">> := <<"unbound_var">>, <<"message">> := <<"variable 'X' is unbound">>,
                                                 <<"notes">> := [], <<"span">> := #{<<"start">> := _, <<"end">> := _}}]}],
      <<"refusals">> := [#{<<"code">> := <<"R010">>, <<"subject">> := Path, <<"count">> := 1, <<"mend">> := <<"mend the source">>}]} =
        json:decode(iolist_to_binary(transom_reload_text:json(Report))),
    [a1, b1] = [ra:v(), rb:v()].

unchanged(Dir) ->
    first(Dir, ra, value("a1")),
    #{version := V} = element(1, code:versions(ra)),
    {ok, #{result := unchanged}} = load(Dir, ra, "%% moved\n\n" ++ value("a1")),
    #{version := V} = element(1, code:versions(ra)).

loop(V) ->
    "-export([loop/0, helper/0]).\n"
    "loop() -> receive {ask, P} -> P ! {answer, helper()}, loop() end.\n"
    "helper() -> " ++ V ++ ".\n".

ask(P) ->
    P ! {ask, self()},
    receive {answer, A} -> A after 2000 -> none end.

%% loop/0 calls itself locally and would stay in its version for ever; but it is the same function in all of them.
carried_over(Dir) ->
    first(Dir, ra, loop("1")),
    P = spawn(ra, loop, []),
    1 = ask(P),
    [begin
         {ok, #{in_old := []}} = load(Dir, ra, loop(integer_to_list(N))),
         N = ask(P)
     end || N <- lists:seq(2, 10)],
    true = is_process_alive(P),
    exit(P, kill).

%% This loop changes with every version.
strand(V) ->
    "-export([loop/0]).\n"
    "loop() -> receive {ask, P} -> P ! {answer, " ++ V ++ "}, loop() end.\n".

stranded(Dir) ->
    first(Dir, ra, strand("1")),
    P = spawn(ra, loop, []),
    1 = ask(P),
    {ok, #{in_old := [{ra, [P]}]}} = load(Dir, ra, strand("2")),
    1 = ask(P),
    Refused = load(Dir, ra, strand("3")),
    ['R001'] = codes(Refused),
    %% It says who, in which version, where.
    {error, #{processes := [{P, ra, V, {loop, 0}, 3, would_die}]} = Report} = Refused,
    {match, _} = re:run(unicode:characters_to_list(transom_reload:format(Report)), io_lib:format("in ra@~w loop/0 line 3: would die", [V])),
    [{P, V, {loop, 0}, 3}] = transom_reload:old(ra),
    1 = ask(P),
    {error, _} = transom_reload:reload([file(Dir, ra, strand("3"))], #{wait => 50}),
    Mon = monitor(process, P),
    {ok, #{killed := [P]}} = transom_reload:reload([file(Dir, ra, strand("3"))], #{force => true}),
    killed = receive {'DOWN', Mon, _, _, Why} -> Why after 1000 -> none end.

%% Old code that nobody is in, purged by the second reload: the fun's own function was not edited.
closures(Dir) ->
    Text = fun(V) -> "-export([f/1, v/0]).\nf(X) -> fun(Y) -> {X, Y, v()} end.\nv() -> " ++ V ++ ".\n" end,
    first(Dir, ra, Text("1")),
    F = ra:f(x),
    [begin
         {ok, _} = load(Dir, ra, Text(integer_to_list(N))),
         N = element(3, F(y))
     end || N <- lists:seq(2, 5)],
    %% Edited in its own body it stays as it was while its code is there, and dies with it, as in OTP.
    {ok, _} = load(Dir, ra, "-export([f/1, v/0]).\nf(X) -> fun(Y) -> {X, Y, new, v()} end.\nv() -> 6.\n"),
    {x, y, 5} = F(y),
    {ok, _} = load(Dir, ra, "-export([f/1, v/0]).\nf(X) -> fun(Y) -> {X, Y, newer, v()} end.\nv() -> 7.\n"),
    ?assertError({badfun, F}, F(y)).

exports(Dir) ->
    first(Dir, ra, "-export([v/0, w/0]).\nv() -> 1.\nw() -> 2.\n"),
    first(Dir, rb, "-export([v/0]).\nv() -> ra:w().\n"),
    Refused = load(Dir, ra, value("3")),
    ['R002'] = codes(Refused),
    2 = rb:v(),
    %% Together with its caller it is fine.
    Files = [file(Dir, ra, value("3")), file(Dir, rb, "-export([v/0]).\nv() -> ra:v().\n")],
    {ok, _} = transom_reload:reload(Files),
    3 = rb:v().

on_load(Dir) ->
    first(Dir, ra, value("1")),
    Refused = load(Dir, ra, "-on_load(init/0).\n" ++ value("2") ++ "init() -> {error, no}.\n"),
    ['R006'] = codes(Refused),
    1 = ra:v(),
    {ok, _} = load(Dir, ra, "-on_load(init/0).\n" ++ value("3") ++ "init() -> persistent_term:put(ra_loaded, ra:v()), ok.\n"),
    3 = ra:v(),
    %% While it ran, everybody saw the old version.
    1 = persistent_term:get(ra_loaded).

server(Record, CodeChange) ->
    "-behaviour(gen_server).\n-export([init/1, handle_call/3, handle_cast/2, handle_info/2, code_change/3]).\n"
    "-record(s, {" ++ Record ++ "}).\ninit(_) -> {ok, #s{}}.\n"
    "handle_call({sleep, T}, _, S) -> timer:sleep(T), {reply, ok, S};\n"
    "handle_call(get, _, S) -> {reply, S, S}.\n"
    "handle_cast({set, V}, S) -> {noreply, setelement(2, S, V)}.\n"
    "handle_info({note, P, N}, S) -> P ! {noted, N}, {noreply, S}.\n"
    "code_change(Vsn, S, Extra) -> _ = {Vsn, Extra}, " ++ CodeChange ++ ".\n".

serve() ->
    {ok, P} = gen_server:start(rs, [], []),
    P.

converts(Dir) ->
    first(Dir, rs, server("a = 1, b = 2", "{ok, S}")),
    P = serve(),
    {ok, #{converted := 1}} = load(Dir, rs, server("c = 3, b = 5, a = 4", "{ok, transom_reload:migrate(S, ?MODULE)}")),
    {s, 3, 2, 1} = gen_server:call(P, get),
    gen_server:stop(P).

rehearsal(Dir) ->
    first(Dir, rs, server("a = 1", "{ok, S}")),
    Ps = [serve() || _ <- lists:seq(1, 5)],
    gen_server:cast(hd(Ps), {set, odd}),
    Refused = load(Dir, rs, server("a = 1, b", "case S of {s, N} when is_integer(N) -> {ok, {s, N, new}} end")),
    ['R005'] = codes(Refused),
    {error, #{refusals := [{_, rs, 1, Text}]}} = Refused,
    {_, _} = binary:match(Text, <<"4 of 5 states convert; 1 fail: error {case_clause,{s,odd}} at line">>),
    [{s, odd} | _] = [gen_server:call(P, get) || P <- Ps],
    [gen_server:stop(P) || P <- Ps].

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
    [[N = receive {noted, {P, Got}} -> Got after 2000 -> none end || N <- lists:seq(1, 100)] || P <- Ps],
    [gen_server:stop(P) || P <- Ps].

record_without_code_change(Dir) ->
    Text = fun(R) ->
                   "-behaviour(gen_server).\n-export([init/1, handle_call/3, handle_cast/2]).\n-record(s, {" ++ R ++ "}).\n"
                   "init(_) -> {ok, #s{}}.\nhandle_call(get, _, S) -> {reply, S, S}.\nhandle_cast(_, S) -> {noreply, S}.\n"
           end,
    first(Dir, rs, Text("a = 1")),
    P = serve(),
    Refused = load(Dir, rs, Text("a = 1, b = 2")),
    ['R003'] = codes(Refused),
    {s, 1} = gen_server:call(P, get),
    {ok, _} = transom_reload:reload([file(Dir, rs, Text("a = 1, b = 2"))], #{force => true}),
    {s, 1} = gen_server:call(P, get),
    gen_server:stop(P).

back(Dir) ->
    Cc = "{ok, transom_reload:migrate(S, ?MODULE)}",
    first(Dir, rs, server("a = 1, b = 2", Cc)),
    P = serve(),
    gen_server:cast(P, {set, mine}),
    {ok, _} = load(Dir, rs, server("b = 3, a = 4, c = 5", Cc)),
    {s, 2, mine, 5} = gen_server:call(P, get),
    {ok, #{converted := 1}} = transom_reload:rollback(),
    {s, mine, 2} = gen_server:call(P, get),
    %% Forward again: an undo of the undo is a reload.
    {ok, _} = transom_reload:reload([filename:join(Dir, "rs.erl")]),
    {s, 2, mine, 5} = gen_server:call(P, get),
    [#{what := reload}, #{what := {rollback, _}}, #{what := reload} | _] = lists:reverse(transom_reload:history(rs)),
    gen_server:stop(P).

no_way_back(Dir) ->
    first(Dir, rs, server("a = 1", "{ok, S}")),
    P = serve(),
    {ok, _} = load(Dir, rs, server("a = 1, b = 2", "case Vsn of {down, _} -> error(never); _ -> {ok, {s, 1, 2}} end")),
    Refused = transom_reload:rollback(),
    ['R008'] = codes(Refused),
    {s, 1, 2} = gen_server:call(P, get),
    gen_server:stop(P).

first_load_undone(Dir) ->
    first(Dir, ra, value("1")),
    {ok, _} = transom_reload:rollback(),
    false = erlang:module_loaded(ra).

%% The server is asked to stand still while it is busy: refused, and later it is not found frozen.
busy(Dir) ->
    first(Dir, rs, server("a = 1", "{ok, S}")),
    P = serve(),
    spawn(fun() -> gen_server:call(P, {sleep, 400}) end),
    timer:sleep(50),
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

plan_changes_nothing(Dir) ->
    first(Dir, ra, value("1")),
    {Before, _} = code:versions(ra),
    {ok, #{result := plan, modules := [#{functions := Fs, from := V, to := W}]}} = transom_reload:plan([file(Dir, ra, value("2"))]),
    [<<_:128>>] = [Hash || {v, 0, changed, Hash} <- Fs],
    true = W =:= V + 1,
    {Before, _} = code:versions(ra),
    1 = ra:v().

library_is_protected(Dir) ->
    File = filename:join(Dir, "lists.erl"),
    ok = file:write_file(File, "-module(lists).\n-export([v/0]).\nv() -> 1.\n"),
    ['R004'] = codes(transom_reload:reload([File])),
    [1, 2] = lists:sort([2, 1]).

%% A header is part of every module that reads it.
header(Dir) ->
    H = filename:join(Dir, "common.hrl"),
    ok = file:write_file(H, "-define(V, 1).\n"),
    Text = "-include(\"common.hrl\").\n" ++ value("?V"),
    Files = [file(Dir, ra, Text), file(Dir, rb, Text)],
    {ok, _} = transom_reload:reload(Files),
    ok = file:write_file(H, "-define(V, 2).\n"),
    [{ra, _, modified}, {rb, _, modified}] = lists:sort([D || {M, _, _} = D <- element(1, transom_reload:drift()), M =:= ra orelse M =:= rb]),
    {ok, #{modules := Ms}} = transom_reload:reload(Files),
    2 = length(Ms),
    [2, 2] = [ra:v(), rb:v()].

reports(Dir) ->
    first(Dir, ra, value("1")),
    {ok, R} = transom_reload:plan([file(Dir, ra, value("2"))]),
    Text = lists:flatten(transom_reload:format(R)),
    "module ra: version" ++ _ = Text,
    true = string:find(Text, "changed v/0") =/= nomatch,
    #{<<"result">> := <<"plan">>, <<"modules">> := [#{<<"module">> := <<"ra">>}]} = json:decode(iolist_to_binary(transom_reload_text:json(R))).

%% The caller itself is in code that goes away: it gets its answer.
caller_in_old_code(Dir) ->
    Text = fun(V) -> "-export([run/1]).\nrun(Files) -> R = [transom_reload:reload([F]) || F <- Files], {" ++ V ++ ", R}.\n" end,
    first(Dir, ra, Text("1")),
    Next = filename:join([Dir, "next", "ra.erl"]),
    ok = filelib:ensure_dir(Next),
    ok = file:write_file(Next, ["-module(ra).\n", Text("2")]),
    {1, [{ok, _}]} = ra:run([Next]).

suspend_withdrawn(Dir) ->
    first(Dir, rs, server("a = 1", "{ok, S}")),
    P = serve(),
    spawn(fun() -> gen_server:call(P, {sleep, 200}) end),
    timer:sleep(50),
    ?assertExit({timeout, {sys, suspend, [P, 20]}}, sys:suspend(P, 20)),
    {s, 1} = gen_server:call(P, get, 1000),
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
    [gen_server:stop(P) || P <- [Inner, Outer]].

%% In variables, dictionaries, mailboxes, tables and persistent terms.
funs_held(Dir) ->
    Text = fun(V) -> "-export([kept/0, edited/0]).\nkept() -> fun() -> kept end.\nedited() -> fun() -> " ++ V ++ " end.\n" end,
    first(Dir, ra, Text("1")),
    {Kept, Edited} = {ra:kept(), ra:edited()},
    P = spawn(fun() -> put(held, [Kept, {x, Edited}]), receive stop -> Edited() end end),
    P ! #{a => Edited},
    T = ets:new(ra_table, []),
    ets:insert(T, {key, Edited}),
    persistent_term:put(ra_term, Kept),
    {ok, #{funs := Funs, modules := [#{from := V}]} = Report} = transom_reload:plan([file(Dir, ra, Text("2"))]),
    Of = fun(Holder) -> lists:sort([{Place, F, N, Fate} || {H, Place, ra, F, 0, V1, N, Fate} <- Funs, H =:= Holder, V1 =:= V]) end,
    [{dictionary, '-edited/0-fun-0-', 1, until_purge}, {dictionary, '-kept/0-fun-0-', 1, carried}, {mailbox, '-edited/0-fun-0-', 1, until_purge},
     {variables, '-edited/0-fun-0-', 1, until_purge}] = Of(P),
    [{table, '-edited/0-fun-0-', 1, until_purge}] = Of({ets, ra_table}),
    [{persistent_term, '-kept/0-fun-0-', 1, carried}] = Of({persistent_term, ra_term}),
    {match, _} = re:run(unicode:characters_to_list(transom_reload:format(Report)), "held in ETS table ra_table: runs its version until that is purged"),
    persistent_term:erase(ra_term),
    ets:delete(T),
    P ! stop.

%% New code on old state is known, and is over when the state converts; a conversion that is undone leaves the old version noted.
states(Dir) ->
    Plain = fun(V) -> "-behaviour(gen_server).\n-export([init/1, handle_call/3, handle_cast/2]).\ninit(_) -> {ok, 1}.\n"
                          "handle_call(get, _, S) -> {reply, {" ++ V ++ ", S}, S}.\nhandle_cast(_, S) -> {noreply, S}.\n" end,
    first(Dir, rs, Plain("v1")),
    P = serve(),
    [{P, rs, gen_server, V}] = transom_upgrade:servers([rs]),
    [] = [S || {_, rs, _, _, _} = S <- transom_reload:old_states()],
    {ok, #{servers := [{P, rs, gen_server, V, stays}]}} = load(Dir, rs, Plain("v2")),
    {v2, 1} = gen_server:call(P, get),
    [{P, rs, gen_server, V, C}] = [S || {_, rs, _, _, _} = S <- transom_reload:old_states()],
    true = C > V,
    {ok, _} = load(Dir, rs, server("a = 1", "{ok, {s, S}}")),
    [] = [S || {_, rs, _, _, _} = S <- transom_reload:old_states()],
    [{P, rs, gen_server, W}] = transom_upgrade:servers([rs]),
    {error, #{result := rolled_back}} =
        transom_reload:reload([file(Dir, rs, server("a = 1", "case process_info(self(), registered_name) of {_, _} -> {error, no}; _ -> {ok, S} end"))],
                              #{force => true, extra => register(rs_named, P)}),
    [{P, rs, gen_server, W}] = transom_upgrade:servers([rs]),
    gen_server:stop(P).

%% Stack traces keep OTP's terms; what prints them names versions that are not current.
versions_named(Dir) ->
    Text = fun(V) -> "-export([loop/0]).\nloop() -> receive {fail, P} -> P ! {failed, try fail(" ++ V ++ ") catch C:R:S -> {S, erl_error:format_exception(C, R, S)} end}, loop();"
                         " die -> fail(" ++ V ++ ") end.\nfail(X) -> error({failed, X}).\n" end,
    first(Dir, ra, Text("1")),
    P = spawn(ra, loop, []),
    {ok, #{in_old := [_]}} = load(Dir, ra, Text("2")),
    P ! {fail, self()},
    {Stack, Shown} = receive {failed, F} -> F after 2000 -> none end,
    [{ra, fail, 1, [{file, _}, {line, 4}]} | _] = Stack,
    {match, _} = re:run(Shown, "ra:fail/1 \\(.*, line 4, version [0-9]+\\)"),
    ok = logger:add_handler(ra_versions, ?MODULE, #{config => self()}),
    P ! die,
    Event = receive {logged, #{meta := #{old_code := _}} = E} -> E after 2000 -> none end,
    logger:remove_handler(ra_versions),
    {match, _} = re:run(unicode:characters_to_list(logger_formatter:format(Event, #{single_line => false})),
                        "ra:fail/1 line 4 ran in version [0-9]+ of ra, version [0-9]+ is current").

%% A handler of module logger.
log(Event, #{config := Pid}) -> Pid ! {logged, Event}.

callers_named(Dir) ->
    first(Dir, ra, "-export([v/0, w/0]).\nv() -> 1.\nw() -> 2.\n"),
    first(Dir, rb, "-export([v/0, u/0]).\nv() -> ra:w().\nu() -> ra:v().\n"),
    {ok, #{modules := [#{lost := [{w, 0, [{rb, v, 0}]}]}]}} = transom_reload:plan([file(Dir, ra, value("3"))]).

undone_and_done_again(Dir) ->
    first(Dir, ra, value("1")),
    {ok, _} = load(Dir, ra, value("2")),
    {ok, #{result := rolled_back_to}} = transom_reload:undo(),
    1 = ra:v(),
    {ok, #{result := reloaded}} = transom_reload:undo(),
    2 = ra:v(),
    {ok, #{result := rolled_back_to}} = transom_reload:undo(),
    1 = ra:v().

differences(Dir) ->
    first(Dir, ra, value("1")),
    {ok, _} = load(Dir, ra, "-export([w/0]).\n" ++ value("2") ++ "w() -> v().\n"),
    {ok, #{number := N}} = load(Dir, ra, value("3")),
    {value, Entry} = transom_reload:entry(N),
    Text = unicode:characters_to_list(transom_diff:entry(Entry)),
    [{match, _} = re:run(Text, Part) || Part <- ["changed v/0", "removed w/0", "no longer exports w/0", "- v\\(\\) -> 2\\.", "\\+ v\\(\\) -> 3\\."]].

%% Calls ra:f/1 all the time; what it raises is nobody's trouble.
traffic() ->
    spawn(fun Call() -> catch ra:f(erlang:unique_integer([positive])), receive stop -> ok after 1 -> Call() end end).

guarded(Dir, V1, V2, Opts) ->
    first(Dir, ra, "-export([f/1]).\nf(X) -> " ++ V1 ++ ".\n"),
    P = traffic(),
    {ok, #{guard := Guard, number := N}} = transom_reload:reload([file(Dir, ra, "-export([f/1]).\nf(X) -> " ++ V2 ++ ".\n")], Opts#{guard => 1}),
    transom_guard:await(Guard),
    P ! stop,
    {value, #{guard := Result, verdict := Verdict}} = transom_reload:entry(N),
    _ = unicode:characters_to_list(transom_guard:text(Result)),
    _ = json:decode(iolist_to_binary(transom_reload_text:guard_json(Result))),
    {Verdict, Result}.

guard_ok(Dir) ->
    {ok, #{verdict := ok, new := #{calls := Calls}}} = guarded(Dir, "{old, X}", "{new, X}", #{}),
    #{{ra, f, 1} := {N, _}} = Calls,
    true = N >= 20,
    {new, 1} = ra:f(1).

guard_goes_back(Dir) ->
    {rolled_back, #{verdict := rolled_back, why := [{errors, {ra, f, 1}, E, _, 0, _}]}} =
        guarded(Dir, "{old, X}", "case X rem 3 of 0 -> error(new); _ -> {new, X} end", #{}),
    true = E >= 3,
    {old, 1} = ra:f(1),
    %% What it threw as often before, and what it catches itself, is no reason.
    {ok, #{verdict := ok}} = guarded(Dir, "case X rem 3 of 0 -> error(old); _ -> {old, X} end", "case X rem 3 of 0 -> error(new); _ -> {new, X} end", #{}),
    {ok, #{verdict := ok}} = guarded(Dir, "{old, X}", "try error(X) catch error:Y -> {new, Y} end", #{}).

guard_without_traffic(Dir) ->
    first(Dir, ra, value("1")),
    {ok, #{guard := Guard, number := N}} = transom_reload:reload([file(Dir, ra, value("2"))], #{guard => 1}),
    transom_guard:await(Guard),
    {value, #{guard := #{verdict := inconclusive}}} = transom_reload:entry(N),
    2 = ra:v().

%% Another reload while it watches: the watch begins anew, and goes back over both.
guard_starts_anew(Dir) ->
    first(Dir, ra, "-export([f/1]).\nf(X) -> {1, X}.\n"),
    P = traffic(),
    {ok, #{guard := Guard, number := N}} = transom_reload:reload([file(Dir, ra, "-export([f/1]).\nf(X) -> {2, X}.\n")], #{guard => 1}),
    receive after 500 -> ok end,
    {ok, #{guard := Guard}} = transom_reload:reload([file(Dir, ra, "-export([f/1]).\nf(X) -> error({3, X}).\n")]),
    transom_guard:await(Guard),
    P ! stop,
    {value, #{verdict := rolled_back, guard := #{verdict := rolled_back}}} = transom_reload:entry(N),
    {1, x} = ra:f(x).

guard_sees_slowness(Dir) ->
    {rolled_back, #{why := [{slow, {ra, f, 1}, _, _}]}} = guarded(Dir, "{old, X}", "receive after 4 -> {new, X} end", #{}).

guard_needs_a_way_back(Dir) ->
    first(Dir, rs, server("a = 1", "{ok, S}")),
    P = serve(),
    Refused = transom_reload:reload([file(Dir, rs, server("a = 1, b = 2", "case Vsn of {down, _} -> error(never); _ -> {ok, {s, 1, 2}} end"))], #{guard => 1}),
    ['R011'] = codes(Refused),
    {s, 1} = gen_server:call(P, get),
    gen_server:stop(P).

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
    [receive {'DOWN', Mon, _, _, Why} -> all_there = Why after 20000 -> timeout = Mon end || {_, Mon} <- Senders],
    [gen_server:stop(P) || P <- Ps].

send_notes(Ps, N) ->
    [P ! {note, self(), {P, N}} || P <- Ps],
    receive stop -> exit(noted(Ps, N))
    after 1 -> send_notes(Ps, N + 1)
    end.

noted(Ps, N) ->
    try
        [[K = receive {noted, {P, Got}} -> Got after 10000 -> none end || K <- lists:seq(1, N)] || P <- Ps],
        all_there
    catch error:What -> What
    end.

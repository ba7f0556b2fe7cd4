%% Versions of modules driven through files: plans, refusals, the transaction and its undoing, what is carried over.
-module(transom_reload_tests).

-include_lib("eunit/include/eunit.hrl").

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
                               {caller_in_old_code, fun caller_in_old_code/1}, {suspend_withdrawn, fun suspend_withdrawn/1}]]
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
     end || {P, _, _} <- transom_upgrade:servers([ra, rb, rs])],
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
    {error, #{broken := [{_, [Text]}]}} = Refused = transom_reload:reload(Files),
    ['R010'] = codes(Refused),
    {match, _} = {match, binary:match(Text, <<"'X' is unbound">>)},
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
    true = lists:member({v, 0, changed}, Fs),
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

%% Versions of modules driven through files: plans, refusals, what is carried over, the journal. Conversions and the transaction are tested in
%% transom_rehearsal_tests and transom_upgrade_tests, rollbacks in transom_reload_back_tests, guards in transom_guard_tests.
-module(transom_reload_tests).

-include_lib("eunit/include/eunit.hrl").

-export([log/2]).

-include("reloading.hrl").

reload_test_() ->
    each([{several_at_once, fun several_at_once/1}, {one_is_broken, fun one_is_broken/1}, {unchanged, fun unchanged/1},
          {carried_over, fun carried_over/1}, {stranded, fun stranded/1}, {closures, fun closures/1},
          {exports, fun exports/1}, {on_load, fun on_load/1}, {plan_changes_nothing, fun plan_changes_nothing/1},
          {library_is_protected, fun library_is_protected/1}, {header, fun header/1}, {caller_in_old_code, fun caller_in_old_code/1},
          {funs_held, fun funs_held/1}, {states, fun states/1}, {versions_named, fun versions_named/1},
          {callers_named, fun callers_named/1}, {differences, fun differences/1}]).

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
    %% Its end says of what; by OTP's own functions it would be `killed`.
    {killed, {purge, ra, V}} = receive {'DOWN', Mon, _, _, Why} -> Why after 30000 -> none end.

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

%% The caller itself is in code that goes away: it gets its answer.
caller_in_old_code(Dir) ->
    Text = fun(V) -> "-export([run/1]).\nrun(Files) -> R = [transom_reload:reload([F]) || F <- Files], {" ++ V ++ ", R}.\n" end,
    first(Dir, ra, Text("1")),
    Next = filename:join([Dir, "next", "ra.erl"]),
    ok = filelib:ensure_dir(Next),
    ok = file:write_file(Next, ["-module(ra).\n", Text("2")]),
    {1, [{ok, _}]} = ra:run([Next]).

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
    %% `transom ps` and `transom snapshot` show it.
    Said = lists:flatten(io_lib:format("rs@~w on the state of version ~w (~p)", [C, V, P])),
    [Said] = [lists:flatten(T) || T <- transom_reload:old_states_text()],
    Pid = list_to_binary(pid_to_list(P)),
    #{processes := Processes} = Snapshot = transom_snapshot:take(),
    [[#{module := rs, version := C, state_version := V}]] = [Old || #{pid := I, old_states := Old} <- Processes, I =:= Pid],
    {match, _} = re:run(transom_snapshot:text(Snapshot), io_lib:format("new code on old state: rs@~w on the state of version ~w\n", [C, V])),
    #{<<"processes">> := [_ | _]} = json:decode(iolist_to_binary(transom_snapshot:json(Snapshot))),
    {ok, _} = load(Dir, rs, server("a = 1", "{ok, {s, S}}")),
    [] = [S || {_, rs, _, _, _} = S <- transom_reload:old_states()],
    [] = transom_reload:old_states_text(),
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
    {Stack, Shown} = receive {failed, F} -> F after 30000 -> none end,
    [{ra, fail, 1, [{file, _}, {line, 4}]} | _] = Stack,
    {match, _} = re:run(Shown, "ra:fail/1 \\(.*, line 4, version [0-9]+\\)"),
    ok = logger:add_handler(ra_versions, ?MODULE, #{config => self()}),
    P ! die,
    Event = receive {logged, #{meta := #{old_code := _}} = E} -> E after 30000 -> none end,
    logger:remove_handler(ra_versions),
    {match, _} = re:run(unicode:characters_to_list(logger_formatter:format(Event, #{single_line => false})),
                        "ra:fail/1 line 4 ran in version [0-9]+ of ra, version [0-9]+ is current").

%% A handler of module logger.
log(Event, #{config := Pid}) -> Pid ! {logged, Event}.

callers_named(Dir) ->
    first(Dir, ra, "-export([v/0, w/0]).\nv() -> 1.\nw() -> 2.\n"),
    first(Dir, rb, "-export([v/0, u/0]).\nv() -> ra:w().\nu() -> ra:v().\n"),
    {ok, #{modules := [#{lost := [{w, 0, [{rb, v, 0}]}]}]}} = transom_reload:plan([file(Dir, ra, value("3"))]).

differences(Dir) ->
    first(Dir, ra, value("1")),
    {ok, _} = load(Dir, ra, "-export([w/0]).\n" ++ value("2") ++ "w() -> v().\n"),
    {ok, #{number := N}} = load(Dir, ra, value("3")),
    {value, Entry} = transom_reload:entry(N),
    Text = unicode:characters_to_list(transom_diff:entry(Entry)),
    [{match, _} = re:run(Text, Part) || Part <- ["changed v/0", "removed w/0", "no longer exports w/0", "- v\\(\\) -> 2\\.", "\\+ v\\(\\) -> 3\\."]].

%% Hot reloading that loses nothing: compile what changed, verify, rehearse, plan, then switch all modules as one step or none.
%%
%%   reload(What)        reload([M | File | Dir]) or reload(all)
%%   plan(What)          the same without the step
%%   rollback()          back to the versions before the latest reload; undo() takes back the latest step, be it a rollback
%%   drift()             loaded modules that differ from their source; old_states() servers whose state an older version made
%%   history(), diff(N)  the journal
%%
%% The work is done by a process of the server `transom_reload`, one at a time, so that a client that goes away leaves nothing half done.
%% Refusals have stable codes:
%%   R001 processes are in code that would have to go     R005 a state does not convert (rehearsal)
%%   R002 called exports vanish                           R006 an on_load function failed
%%   R003 a record changes, nobody converts the state     R007 a server did not stand still
%%   R004 a module is protected                           R008 the rollback cannot convert the state
%%   R009 nothing to roll back to                         R010 the source does not compile
%%   R011 a guard could not take the reload back
-module(transom_reload).

-export([command/1, reload/1, reload/2, plan/1, plan/2, rollback/0, rollback/1, undo/0, undo/1, drift/0, drift/1, history/0, history/1,
         entry/1, old_states/0, migrate/2, migrate/3, old/1, format/1, sources/1, start/0, init/1, loop_on/1, guarded/3, finish_command/2]).

-type what() :: all | [module() | string()].
-type options() :: #{force => boolean(), wait => boolean() | timeout(), timeout => timeout(), extra => term(), by => term(),
                     guard => pos_integer(), max_errors => pos_integer()}.

-define(TIMEOUT, 5000).
%% Journal entries that keep the bytes of versions: as far back a rollback reaches.
-define(KEPT, 50).

%%% Calls

-spec reload(what()) -> {ok, map()} | {error, map()}.
reload(What) -> reload(What, #{}).

-spec reload(what(), options()) -> {ok, map()} | {error, map()}.
reload(What, Opts) -> ask({reload, arguments(What), Opts#{dry_run => false}}).

plan(What) -> plan(What, #{}).

plan(What, Opts) -> ask({reload, arguments(What), Opts#{dry_run => true}}).

rollback() -> rollback(#{}).

rollback(Opts) -> ask({rollback, Opts}).

%% Takes back the latest step of the journal that stands: a reload is rolled back, a rollback is done again.
undo() -> undo(#{}).

undo(Opts) -> ask({undo, Opts}).

drift() -> drift(all).

%% [{Module, Path, modified | {broken, [transom_source:said()]} | missing}]
drift(What) -> ask({drift, arguments(What)}).

history() -> ask(history).

history(M) -> [E || #{modules := Ms} = E <- history(), lists:keymember(M, 1, Ms)].

%% One entry of the journal, with the bytes and sources of its versions.
entry(N) -> ask({entry, N}).

%% Who is in old code of a module: [{Pid, Version, {Function, Arity}, Line}].
old(M) -> [{P, V, F, L} || {P, _, V, F, L, old} <- erts_internal:code_places([M])].

%% Servers whose state another version than the current one has made or converted: [{Pid, Module, Behaviour, Version, Current}]. Versions with the
%% same code are the same.
old_states() ->
    Known = maps:from_list([{{M, V}, Md5} || #{modules := Ms} <- history(), {M, V, _, Md5} <- Ms]),
    [{P, M, B, V, C} || {P, M, B, V} <- transom_upgrade:states([]), V > 0, erlang:module_loaded(M),
                        {#{version := C, md5 := Md5}, _} <- [erts_internal:module_versions(M)], C =/= V,
                        maps:get({M, V}, Known, none) =/= Md5].

%% Of the process that guarded reload N: what it has seen, and the verdict.
guarded(N, Modules, Result) -> ask({guarded, N, Modules, Result}).

%% Source files and the headers they read, of what is loaded: for watching.
sources(What) -> ask({sources, arguments(What)}).

arguments(all) -> [];
arguments(L) when is_list(L) -> [case A of _ when is_atom(A) -> atom_to_list(A); _ -> A end || A <- L].

ask(Request) ->
    Server = start(),
    Mon = erlang:monitor(process, Server),
    %% File names are meant as the client means them.
    Server ! {?MODULE, self(), Mon, resolved(Request)},
    receive
        {Mon, {raise, Class, Reason, Stack}} ->
            erlang:demonitor(Mon, [flush]),
            erlang:raise(Class, Reason, Stack);
        {Mon, Answer} ->
            erlang:demonitor(Mon, [flush]),
            Answer;
        {'DOWN', Mon, _, _, Why} -> exit({Why, {?MODULE, Request}})
    end.

resolved({reload, Args, Opts}) -> {reload, transom_source:resolve(Args), Opts};
resolved({drift, Args}) -> {drift, transom_source:resolve(Args)};
resolved({sources, Args}) -> {sources, transom_source:resolve(Args)};
resolved(Request) -> Request.

%%% Migration of records by name

%% migrate(State, {Old, New}): field lists of the record before and now; what stays is found by name, what is new takes its default.
%% A default is in New as {Field, Default}.
migrate(State, Extra) -> migrate(State, Extra, fun(New, _Dropped) -> New end).

%% The same; the last argument gets the new record and a map of the values that found no field.
migrate(State, {Old, New}, Finish) when is_tuple(State), tuple_size(State) =:= length(Old) + 1 ->
    [Tag | Values] = tuple_to_list(State),
    Had = maps:from_list(lists:zip([name(F) || F <- Old], Values)),
    Fields = [maps:get(name(F), Had, default(F)) || F <- New],
    Dropped = maps:without([name(F) || F <- New], Had),
    Finish(list_to_tuple([Tag | Fields]), Dropped);
migrate(State, {_, New}, Finish) when is_tuple(State), tuple_size(State) =:= length(New) + 1 -> Finish(State, #{});
%% migrate(State, Module): the record definitions of both versions of the module say which fields there are.
migrate(State, Module, Finish) when is_atom(Module), is_tuple(State) ->
    migrate(State, fields(Module, element(1, State)), Finish).

%% In a rehearsal the new version is not loaded yet; on the way back the current version is the one to leave.
fields(Module, Tag) ->
    {Old, Current} = erts_internal:module_records(Module, Tag),
    case {get({?MODULE, prepared, Module}), get({?MODULE, direction}), persistent_term:get({?MODULE, direction}, up)} of
        {undefined, _, up} -> {Old, Current};
        {undefined, _, down} -> {Current, Old};
        {Prepared, undefined, _} -> {Current, erts_internal:prepared_records(Prepared, Tag)};
        {Prepared, down, _} -> {erts_internal:prepared_records(Prepared, Tag), Current}
    end.

name({F, _}) -> F;
name(F) -> F.

default({_, D}) -> D;
default(_) -> undefined.

%%% The server

start() ->
    case whereis(?MODULE) of
        undefined ->
            {Pid, Mon} = spawn_monitor(?MODULE, init, [self()]),
            receive
                {Pid, ready} -> erlang:demonitor(Mon, [flush]);
                {'DOWN', Mon, _, _, _} -> ok
            end,
            whereis(?MODULE);
        Pid -> Pid
    end.

init(Starter) ->
    try register(?MODULE, self()) of
        true ->
            case whereis(user) of
                undefined -> ok;
                User -> group_leader(User, self())
            end,
            process_flag(trap_exit, true),
            Starter ! {self(), ready},
            loop(#{cache => transom_source:new_cache(), journal => [], next => 1})
    catch error:badarg -> ok
    end.

loop(St) ->
    receive
        {?MODULE, From, Ref, Request} ->
            %% Its own process: it may be in the way of what it reloads, and die of it.
            {Pid, Mon} = spawn_opt(fun() -> exit({answer, guarded(Request, St)}) end, [monitor, {priority, high}]),
            receive
                {'DOWN', Mon, process, Pid, {answer, {Answer, New}}} ->
                    From ! {Ref, Answer},
                    ?MODULE:loop_on(New);
                {'DOWN', Mon, process, Pid, {raised, Class, Reason, Stack}} ->
                    From ! {Ref, {raise, Class, Reason, Stack}},
                    ?MODULE:loop_on(St);
                {'DOWN', Mon, process, Pid, Why} ->
                    From ! {Ref, {error, #{refusals => [{'R000', undefined, 1, text("the reload ended: ~tp", [Why])}], result => failed}}},
                    ?MODULE:loop_on(St)
            end;
        _ -> ?MODULE:loop_on(St)
    end.

loop_on(St) -> loop(St).

guarded(Request, St) ->
    try handle(Request, St)
    catch Class:Reason:Stack -> exit({raised, Class, Reason, Stack})
    end.

handle(history, #{journal := J} = St) -> {[maps:without([before, 'after'], E) || E <- lists:reverse(J)], St};
handle({entry, N}, #{journal := J} = St) -> {lists:search(fun(#{number := M}) -> M =:= N end, J), St};
handle({guarded, N, Modules, Result}, St) -> settle(N, Modules, Result, St);
handle({undo, Opts}, #{journal := J} = St) ->
    case [E || #{verdict := V, what := What} = E <- J, V =/= rolled_back, What =:= reload orelse is_map_key('after', E)] of
        [#{what := {rollback, _}} = E | _] -> again(E, Opts, St);
        _ -> handle({rollback, Opts}, St)
    end;
handle({drift, {Files, Bad}}, #{cache := Cache} = St) ->
    Built = transom_source:compile_all(Cache, Files),
    Found = lists:append([drifted(B) || B <- Built]),
    {{Found, Bad}, St};
handle({sources, {Files, _}}, #{cache := Cache} = St) ->
    Built = transom_source:compile_all(Cache, Files),
    {[case B of
          {ok, #{path := P, headers := Hs}} -> {P, Hs};
          {error, P, _, Hs} -> {P, Hs}
      end || B <- Built], St};
handle({reload, {Files, Bad}, Opts}, #{cache := Cache} = St) ->
    Begin = erlang:monotonic_time(microsecond),
    Built = transom_source:compile_all(Cache, Files),
    Broken = [{P, Said} || {error, P, Said, _} <- Built],
    Units = one_per_module([U || {ok, U} <- Built, changed(U)]),
    Report = #{modules => [], warnings => lists:append([W || {ok, #{warnings := W}} <- Built]), unknown => Bad, broken => Broken,
               unchanged => length(Built) - length(Units) - length(Broken), compile_us => erlang:monotonic_time(microsecond) - Begin},
    case {Broken, Bad} of
        {[], []} when Units =:= [] -> {{ok, Report#{result => unchanged, refusals => []}}, St};
        {[], []} -> step(Units, Opts, Report, St);
        _ ->
            Refusals = [{'R010', P, length(T), text("~ts does not compile; mend it, the old code runs on", [P])} || {P, T} <- Broken],
            {{error, Report#{result => refused, refusals => Refusals}}, St}
    end;
handle({rollback, Opts}, St) ->
    try back(Opts, St)
    after persistent_term:erase({?MODULE, direction})
    end.

drifted({ok, #{module := M, path := P} = U}) ->
    case changed(U) of
        true -> [{M, P, modified}];
        false -> []
    end;
drifted({error, P, Said, _}) -> [{list_to_atom(filename:basename(P, ".erl")), P, {broken, Said}}].

%% Code and attributes; moved lines alone are no change.
changed(#{module := M, bytes := Bytes}) ->
    case erlang:module_loaded(M) of
        false -> true;
        true -> erts_internal:module_md5(Bytes) =/= erlang:get_module_info(M, md5)
    end.

%% Two files with one module name: the one the module was loaded from, else the first.
one_per_module(Units) ->
    maps:values(lists:foldr(fun(#{module := M} = U, Acc) -> Acc#{M => U} end, #{}, Units)).

%%% One reload

step(Units, Opts, Report0, St) ->
    Timeout = maps:get(timeout, Opts, ?TIMEOUT),
    Modules = [M || #{module := M} <- Units],
    case [{'R004', M, 1, text("module ~ts belongs to the machine and is not reloaded", [M])} || M <- Modules, code:is_sticky(M)] of
        [] ->
            Prepared = [prepare(U) || U <- Units],
            case maps:get(wait, Opts, false) of
                false -> ok;
                Wait -> wait_until_free(Modules, deadline(Wait))
            end,
            _ = transom_upgrade:carry(Modules),
            {R0, Processes, Plans} = erts_internal:reload_plan([P || {_, P, _} <- Prepared]),
            Servers = transom_upgrade:servers(Modules),
            {Convert, R3} = converters(Servers, Plans, Prepared),
            Extra = maps:get(extra, Opts, []),
            {Rehearsed, R5} = rehearse(Convert, Prepared, Extra, Timeout),
            R11 = case Opts of
                      #{guard := _} when R5 =:= [] -> rehearse_way_back(Convert, Prepared, Extra, Timeout);
                      #{} -> []
                  end,
            Kept = [R || {Code, _, _, _} = R <- R0, Code =/= 'R003'],
            Refusals = lists:sort(Kept ++ R3 ++ R5 ++ R11),
            Report = Report0#{modules => Plans, processes => Processes, rehearsal => Rehearsed, refusals => Refusals,
                              servers => [{P, M, B, V, fate(P, M, Convert)} || {P, M, B, V} <- Servers],
                              traces => traced(Plans)},
            case {maps:get(dry_run, Opts), Refusals, maps:get(force, Opts, false)} of
                {true, _, _} -> {{ok, Report#{result => plan, funs => held_funs(Modules, Plans)}}, St};
                {false, [_ | _], false} -> {{error, Report#{result => refused}}, St};
                _ -> perform(Prepared, Units, Convert, Opts#{timeout => Timeout}, Report, St)
            end;
        Refusals -> {{error, Report0#{result => refused, refusals => Refusals}}, St}
    end.

%% What becomes of a server's state.
fate(P, M, Convert) ->
    case [x || {P1, M1, _, _} <- Convert, P1 =:= P, M1 =:= M] of
        [] -> stays;
        _ -> converts
    end.

%% Who holds funs of the modules, where, and what becomes of each: it is carried over when its function stays the same, else it runs in its
%% version until that goes, and is dead when that is gone already.
held_funs(Modules, Plans) ->
    Same = maps:from_keys([{M, F, A} || #{module := M, functions := Fs} <- Plans, {F, A, same, _} <- Fs], true),
    Current = maps:from_list([{M, V} || #{module := M, from := V} <- Plans]),
    [{Holder, Place, M, F, A, V, N, case {V, Same} of
                                        {0, _} -> dead;
                                        {V, #{{M, F, A} := _}} when V =:= map_get(M, Current) -> carried;
                                        _ -> until_purge
                                    end}
     || {Holder, Place, M, F, A, V, N} <- transom_upgrade:funs(Modules)].

prepare(#{module := M, bytes := Bytes, path := Path}) ->
    case erlang:prepare_loading(M, Bytes) of
        {error, Why} -> erlang:error({Why, M});
        Prepared -> {M, Prepared, Path}
    end.

deadline(true) -> infinity;
deadline(Ms) when is_integer(Ms) -> erlang:monotonic_time(millisecond) + Ms.

wait_until_free(Modules, End) ->
    case transom_upgrade:users(Modules) of
        [] -> ok;
        _ ->
            case End =/= infinity andalso erlang:monotonic_time(millisecond) >= End of
                true -> ok;
                false ->
                    receive after 20 -> ok end,
                    wait_until_free(Modules, End)
            end
    end.

%% Whose code_change runs: servers of modules that have one and another version. A record that changes shape without one is a refusal.
converters(Servers, Plans, Prepared) ->
    Has = fun(M, B) ->
                  {_, P, _} = lists:keyfind(M, 1, Prepared),
                  B =:= supervisor orelse erts_internal:prepared_exports(P, code_change, arity(B))
          end,
    Convert = [{P, M, B, vsn(M)} || {P, M, B, _} <- Servers, Has(M, B)],
    R3 = [{'R003', M, length(Rs), text("~w record(s) of ~ts change shape (~ts) while ~w process(es) keep its state; give it a code_change that"
                                       " converts the state", [length(Rs), M, lists:join(", ", [atom_to_list(element(1, R)) || R <- Rs]), N])}
          || #{module := M, records := [_ | _] = Rs, unchanged := false} <- Plans,
             N <- [length([P || {P, M1, B, _} <- Servers, M1 =:= M, not Has(M, B)])], N > 0],
    {Convert, R3}.

arity(gen_statem) -> 4;
arity(_) -> 3.

%% Of a module that is gone, while servers of it run on, nothing is known.
vsn(M) ->
    Attributes = case erlang:module_loaded(M) of
                     true -> erlang:get_module_info(M, attributes);
                     false -> []
                 end,
    case lists:keyfind(vsn, 1, Attributes) of
        {vsn, [V]} -> V;
        {vsn, V} -> V;
        false -> undefined
    end.

rehearse(Convert, Prepared, Extra, Timeout) ->
    Call = fun(M, B, State) ->
                   {_, P, _} = lists:keyfind(M, 1, Prepared),
                   put({?MODULE, prepared, M}, P),
                   transom_upgrade:in_known_state(B, P, conversion(B, State, vsn(M), Extra, fun(Args) -> erts_internal:call_prepared(P, code_change, Args) end))
           end,
    Result = transom_upgrade:rehearse([{P, M, B} || {P, M, B, _} <- Convert, B =/= supervisor], Call, min(Timeout, 2000)),
    {Result, failures('R005', Result)}.

%% A guard may go back: that the converted states convert back is tried beforehand, with the new code on copies of copies.
rehearse_way_back(Convert, Prepared, Extra, Timeout) ->
    There = fun(M, B, State, Vsn) ->
                    {_, P, _} = lists:keyfind(M, 1, Prepared),
                    put({?MODULE, prepared, M}, P),
                    conversion(B, State, Vsn, Extra, fun(Args) -> erts_internal:call_prepared(P, code_change, Args) end)
            end,
    Call = fun(M, B, State) ->
                   New = case There(M, B, State, vsn(M)) of
                             {ok, S, D} -> {S, D};
                             {ok, S} -> S
                         end,
                   put({?MODULE, direction}, down),
                   There(M, B, New, {down, vsn(M)})
           end,
    Result = transom_upgrade:rehearse([{P, M, B} || {P, M, B, _} <- Convert, B =/= supervisor], Call, min(Timeout, 2000)),
    failures('R011', Result).

failures(Code, Result) ->
    [{Code, M, length(F) + length(S), text("~ts", [rehearsal_text(M, R)])}
     || {M, #{failed := F, silent := S} = R} <- lists:sort(maps:to_list(Result)), F =/= [] orelse S =/= []].

conversion(gen_statem, {S, D}, Vsn, Extra, Call) -> Call([Vsn, S, D, Extra]);
conversion(gen_event, States, Vsn, Extra, Call) ->
    {ok, [begin {ok, N} = Call([Vsn, S, Extra]), N end || S <- States]};
conversion(_, State, Vsn, Extra, Call) -> Call([Vsn, State, Extra]).

traced(Plans) ->
    [{M, F, A, C} || #{module := M, functions := Fs} <- Plans, {F, A, C, _} <- Fs, C =/= same, C =/= new,
                     case catch erlang:trace_info({M, F, A}, traced) of {traced, T} when T =:= local; T =:= global -> true; _ -> false end].

perform(Prepared, Units, Convert, #{timeout := Timeout} = Opts, Report, St) ->
    Modules = [M || {M, _, _} <- Prepared],
    case on_load(Prepared) of
        [] ->
            How = case maps:get(force, Opts, false) of true -> kill; false -> keep end,
            Places = [P || {_, _, _, _, _, old} = P <- erts_internal:code_places(Modules)],
            case transom_upgrade:clear_old(Modules, How) of
                {ok, Killed, _} ->
                    Before = [{M, kept_bytes(M), file(M)} || M <- Modules],
                    log_killed(Killed, Places),
                    Guard = guard(Opts, Report, St),
                    finish(transom_upgrade:upgrade(Prepared, Convert, Opts#{timeout => Timeout}), Units, Before,
                           Convert, Killed, Guard, Opts, Report, St);
                {in_use, Users} ->
                    R = [{'R001', M, length(Ps), text("~w process(es) entered old code of ~ts meanwhile", [length(Ps), M])} || {M, Ps} <- Users],
                    {{error, Report#{result => refused, refusals => R, places => old_places(Users)}}, St}
            end;
        Failed ->
            R = [{'R006', M, 1, text("the on_load function of ~ts failed: ~tp", [M, Why])} || {M, Why} <- Failed],
            {{error, Report#{result => refused, refusals => R}}, St}
    end.

on_load(Prepared) ->
    [{M, Why} || {M, P, _} <- Prepared, erlang:has_prepared_code_on_load(P), {error, Why} <- [transom_upgrade:run_on_load(P)]].

file(M) ->
    case erlang:module_loaded(M) of
        true -> erts_internal:module_file(M);
        false -> undefined
    end.

kept_bytes(M) ->
    case erlang:module_loaded(M) of
        true ->
            case erts_internal:module_bytes(M, current) of
                undefined -> erts_internal:image_code(M);
                B -> B
            end;
        false -> none
    end.

log_killed([], _) -> ok;
log_killed(Killed, Places) ->
    [logger:warning("transom reload (forced): ~p was killed in old code: ~ts", [P, transom_reload_text:place(Place)])
     || {P, _, _, _, _, _} = Place <- Places, lists:member(P, Killed)],
    ok.

%% The watch that begins with this reload: the one there is, when it watches some of these modules, or its own.
guard(Opts, #{modules := Plans}, St) ->
    Modules = [{M, [{F, A} || {F, A, changed, _} <- Fs], [{F, A} || {F, A, new, _} <- Fs]}
               || #{module := M, functions := Fs, unchanged := false} <- Plans],
    case {[Pid || {Pid, _, Watched} <- maps:get(guards, St, []), is_process_alive(Pid), lists:any(fun({M, _, _}) -> lists:member(M, Watched) end, Modules)],
          Opts} of
        {[Pid | _], _} -> {restart, Pid, Modules};
        {[], #{guard := Seconds}} ->
            {begun, transom_guard:start((maps:with([max_errors], Opts))#{seconds => Seconds, modules => Modules}), Modules};
        _ -> none
    end.

finish({ok, Did}, Units, Before, Convert, Killed, Guard, Opts, Report, #{next := N} = St) ->
    Modules = [M || #{module := M} <- Units],
    InOld = transom_upgrade:carry(Modules),
    Guarded = case Guard of
                  none -> #{};
                  _ -> #{guard => watching}
              end,
    Entry = Guarded#{number => N, at => erlang:system_time(millisecond), by => maps:get(by, Opts, self()), what => reload,
              modules => [{M, version(M), md5(B), md5(U)} || #{module := M, bytes := U} <- Units, {M1, B, _} <- Before, M1 =:= M],
              before => Before, 'after' => [{M, U, P, maps:get(text, Unit, none)} || #{module := M, bytes := U, path := P} = Unit <- Units],
              switch_us => maps:get(microseconds, Did), converted => length(Convert), killed => length(Killed),
              in_old => [{M, length(Ps)} || {M, Ps} <- InOld], verdict => ok},
    notify(Entry),
    {{ok, maps:merge(Report#{result => reloaded, number => N, switch_us => maps:get(microseconds, Did), converted => length(Convert),
                             killed => Killed, in_old => [U || {_, [_ | _]} = U <- InOld], places => old_places(InOld)},
               guard_report(Guard, N, Modules))},
     watched(Guard, N, Modules, noted(Entry, St))};
finish({error, Step, Why}, _, _, _, _, Guard, _, Report, St) ->
    case Guard of
        {begun, Pid, _} -> transom_guard:cancel(Pid);
        _ -> ok
    end,
    {{error, Report#{result => rolled_back, refusals => [failed(Step, Why)]}}, St}.

guard_report(none, _, _) -> #{};
guard_report({restart, Pid, Watched}, N, _) ->
    transom_guard:restart(Pid, N, Watched),
    #{guard => Pid};
guard_report({begun, Pid, _}, N, Modules) ->
    transom_guard:switched(Pid, N, Modules),
    #{guard => Pid}.

watched({begun, Pid, _}, N, Modules, St) -> St#{guards => [{Pid, N, Modules} | maps:get(guards, St, [])]};
watched({restart, Pid, _}, _, Modules, #{guards := Gs} = St) ->
    St#{guards => [case G of {Pid, N, Ms} -> {Pid, N, lists:usort(Ms ++ Modules)}; _ -> G end || G <- Gs]};
watched(none, _, _, St) -> St.

%% Where those who finish in old code are.
old_places(InOld) ->
    case [M || {M, [_ | _]} <- InOld] of
        [] -> [];
        Modules -> [P || {_, _, _, _, _, old} = P <- erts_internal:code_places(Modules)]
    end.

%% A new entry; old ones keep their figures and lose their bytes.
noted(Entry, #{journal := J, next := N} = St) ->
    {Recent, Older} = lists:split(min(length(J), ?KEPT), J),
    St#{journal := [Entry | Recent ++ [E#{before := [], 'after' => []} || E <- Older]], next := N + 1}.

%%% The end of a watch

%% The reloads since number N that touched these modules are taken back, latest first, if the guard says so.
settle(N, Modules, #{verdict := Verdict} = Result, #{journal := J} = St0) ->
    St = St0#{guards => [G || {_, First, _} = G <- maps:get(guards, St0, []), First =/= N]},
    Entries = [E || #{number := K, what := reload, verdict := ok, modules := Ms} = E <- J, K >= N,
                    lists:any(fun({M, _, _, _}) -> lists:member(M, Modules) end, Ms)],
    {Outcome, St1} = case Verdict of
                         rolled_back -> take_back(Entries, St);
                         _ -> {Verdict, St}
                     end,
    Guard = Result#{verdict := Outcome},
    #{journal := J1} = St1,
    Marked = [case lists:any(fun(#{number := K1}) -> K1 =:= K end, Entries) of
                  true -> E#{guard => Guard};
                  false -> E
              end || #{number := K} = E <- J1],
    Level = case Outcome of ok -> info; inconclusive -> notice; _ -> warning end,
    logger:log(Level, "transom reload ~w: ~ts", [N, transom_guard:text(Guard)]),
    {ok, St1#{journal := Marked}}.

take_back([], St) -> {rolled_back, St};
take_back([E | Rest], St) ->
    case try back(E, #{by => guard}, St) after persistent_term:erase({?MODULE, direction}) end of
        {{ok, _}, St1} -> take_back(Rest, St1);
        {{error, #{refusals := Rs}}, St1} ->
            logger:error("transom reload ~w should be rolled back: ~ts", [maps:get(number, E), lists:join("; ", [T || {_, _, _, T} <- Rs])]),
            {rollback_failed, St1}
    end.

failed(suspend, {P, Why}) -> {'R007', P, 1, text("~tp did not stand still: ~tp; nothing was changed, everybody runs on", [P, Why])};
failed(code_change, {P, M, Why}) ->
    {'R005', M, 1, text("code_change of ~tp in ~ts failed: ~tp; old code, old states", [P, M, Why])};
failed(switch, Why) -> {'R001', undefined, 1, text("the switch was not made: ~tp", [Why])}.

%% {Now, Before} of a module as #{version} maps.
version(M) ->
    {#{version := V}, _} = erts_internal:module_versions(M),
    V.

md5(none) -> none;
md5(undefined) -> none;
md5(Bytes) -> erts_internal:module_md5(Bytes).

%% The event for whoever watches: of level info in the log, and `code_loaded` in the trace sessions that trace the modules.
notify(#{modules := Ms, number := N} = Entry) ->
    [erts_internal:trace_reload(M, V) || {M, V, _, _} <- Ms, is_integer(V)],
    logger:info(#{label => {transom, reload}, number => N, modules => [{M, V} || {M, V, _, _} <- Ms],
                  entry => maps:without([before, 'after'], Entry)}).

%%% Going back

back(Opts, #{journal := Journal} = St) ->
    case [E || #{what := reload, verdict := ok, before := [_ | _]} = E <- Journal] of
        [] -> {{error, #{result => refused, refusals => [{'R009', undefined, 1, text("no reload to go back from", [])}], modules => []}}, St};
        [Entry | _] -> back(Entry, Opts, St)
    end.

back(#{before := Before, number := N} = Entry, Opts, St) ->
    Timeout = maps:get(timeout, Opts, ?TIMEOUT),
    Modules = [M || {M, _, _} <- Before],
    Stale = [M || {M, _, _, Md5} <- maps:get(modules, Entry), not erlang:module_loaded(M) orelse erlang:get_module_info(M, md5) =/= Md5],
    Ways = [way(B) || B <- Before],
    Servers = transom_upgrade:servers(Modules),
    Convert = [{P, M, B, {down, old_vsn(M, Ways)}} || {P, M, B, _} <- Servers, has_code_change(M, B), kept_by(M, Ways)],
    persistent_term:put({?MODULE, direction}, down),
    {Rehearsed, R8} = rehearse_down(Convert, maps:get(extra, Opts, []), Timeout),
    R9 = [{'R009', M, 1, text("~ts was loaded by other means since; reload it from its source instead", [M])} || M <- Stale],
    Report = #{modules => [], rehearsal => Rehearsed, refusals => R8 ++ R9},
    case {R8 ++ R9, maps:get(force, Opts, false)} of
        {[_ | _], false} -> {{error, Report#{result => refused}}, St};
        _ ->
            Load = [L || {load, L} <- Ways],
            Cleared = case Load of
                          [] -> {ok, [], []};
                          _ -> transom_upgrade:clear_old([M || {M, _, _} <- Load], case Opts of #{force := true} -> kill; #{} -> keep end)
                      end,
            case Cleared of
                {ok, _, _} ->
                    Moves = #{swap => [M || {swap, M, _} <- Ways], load => Load, delete => [M || {delete, M} <- Ways]},
                    went_back(transom_upgrade:downgrade(Moves, Convert, Opts#{timeout => Timeout}), N, Before, Convert, Opts, Report, St);
                {in_use, Users} ->
                    R1 = [{'R001', M, length(Ps), text("~w process(es) in old code of ~ts", [length(Ps), M])} || {M, Ps} <- Users],
                    {{error, Report#{result => refused, refusals => R1, places => old_places(Users)}}, St}
            end
    end.

%% Before the purge the two loaded versions change roles; after it the kept file is loaded anew.
way({M, none, _}) -> {delete, M};
way({M, Bytes, File}) ->
    {_, Old} = erts_internal:module_versions(M),
    Md5 = md5(Bytes),
    case Old of
        #{md5 := Md5} -> {swap, M, erts_internal:module_vsn(M, old)};
        _ ->
            case erlang:prepare_loading(M, Bytes) of
                {error, Why} -> erlang:error({Why, M});
                Prepared -> {load, {M, Prepared, File}}
            end
    end.

kept_by(M, Ways) -> not lists:member({delete, M}, Ways).

old_vsn(M, Ways) ->
    case [V || {swap, M1, V} <- Ways, M1 =:= M] of
        [[V]] -> V;
        [V] -> V;
        [] -> undefined
    end.

has_code_change(_, supervisor) -> false;
has_code_change(M, B) -> erlang:function_exported(M, code_change, arity(B)).

rehearse_down(Convert, Extra, Timeout) ->
    Call = fun(M, B, State) ->
                   {_, _, _, Vsn} = lists:keyfind(M, 2, Convert),
                   conversion(B, State, Vsn, Extra, fun(Args) -> apply(M, code_change, Args) end)
           end,
    Result = transom_upgrade:rehearse([{P, M, B} || {P, M, B, _} <- Convert], Call, min(Timeout, 2000)),
    {Result, failures('R008', Result)}.

went_back({ok, Did}, Number, Before, Convert, Opts, Report, #{journal := J, next := N} = St) ->
    [#{'after' := After}] = [E || #{number := K} = E <- J, K =:= Number],
    lists:foreach(fun({M, B, File}) -> B =/= none andalso File =/= undefined andalso erts_internal:module_file(M, File) end, Before),
    Modules = [M || {M, _, _} <- Before],
    InOld = transom_upgrade:carry(Modules),
    Us = maps:get(microseconds, Did),
    Entry = #{number => N, at => erlang:system_time(millisecond), by => maps:get(by, Opts, self()), what => {rollback, Number},
              modules => [{M, case erlang:module_loaded(M) of true -> version(M); false -> none end, none, md5(B)} || {M, B, _} <- Before],
              before => [], 'after' => After, switch_us => Us, converted => length(Convert), killed => 0, in_old => [{M, length(P)} || {M, P} <- InOld],
              verdict => ok},
    notify(Entry),
    Undone = [case E of #{number := Number} -> E#{verdict := rolled_back}; _ -> E end || E <- J],
    {{ok, Report#{result => rolled_back_to, number => Number, modules => [], switch_us => Us, converted => length(Convert), in_old => InOld, places => old_places(InOld)}},
     noted(Entry, St#{journal := Undone})};
went_back({error, Step, Why}, _, _, _, _, Report, St) ->
    {{error, Report#{result => rolled_back, refusals => [failed(Step, Why)]}}, St}.

%% A rollback undone: the versions it left are loaded again, as a reload of their own.
again(#{what := {rollback, _}, 'after' := After, number := N}, Opts, #{journal := J} = St) ->
    Units = [#{module => M, bytes => B, path => P, text => T, warnings => [], headers => []} || {M, B, P, T} <- After],
    Report = #{modules => [], warnings => [], unknown => [], broken => [], unchanged => 0, compile_us => 0},
    case step(Units, Opts#{dry_run => false}, Report, St) of
        {{ok, R}, #{journal := J1} = St1} ->
            {{ok, R}, St1#{journal := [case E of #{number := N} -> E#{verdict := rolled_back}; _ -> E end || E <- J1]}};
        {Error, _} -> {Error, St#{journal := J}}
    end.

%%% The command

command(Args) ->
    try options(Args, [], #{format => text}) of
        {help, _} ->
            io:put_chars(usage()),
            0;
        {Names, Opts} -> run(Names, Opts)
    catch
        throw:{usage, Text} ->
            transom_command:error("~ts~n~ts", [Text, usage()]),
            2
    end.

usage() ->
    "Usage: transom reload NAME|PID [FILE|DIR|MODULE...] [OPTIONS]\n\n"
    "Compiles what has changed (or FILES, DIRs, MODULEs) and loads all of it, or nothing.\n\n"
    "  --dry-run        show what would change\n"
    "  --rollback       go back to the versions before the latest reload\n"
    "  --force          go on in spite of refusals; processes in old code are killed\n"
    "  --wait[=MS]      wait until no process is in old code\n"
    "  --timeout MS     how long a server may take to stand still (5000)\n"
    "  --guard SECONDS  watch the new code that long, and go back by itself when it is worse than the old\n"
    "  --max-errors N   exceptions or ends of processes that a guard looks at (3)\n"
    "  --format json    the report for programs\n".

options(["--help" | _], _, _) -> {help, #{}};
options(["--dry-run" | T], N, O) -> options(T, N, O#{dry_run => true});
options(["--rollback" | T], N, O) -> options(T, N, O#{rollback => true});
options(["--force" | T], N, O) -> options(T, N, O#{force => true});
options(["--wait" | T], N, O) -> options(T, N, O#{wait => true});
options(["--wait=" ++ Ms | T], N, O) -> options(T, N, O#{wait => number(Ms)});
options(["--timeout", Ms | T], N, O) -> options(T, N, O#{timeout => number(Ms)});
options(["--guard", Seconds | T], N, O) -> options(T, N, O#{guard => positive(Seconds)});
options(["--max-errors", Number | T], N, O) -> options(T, N, O#{max_errors => positive(Number)});
options(["--format", F | T], N, O) when F =:= "json"; F =:= "text" -> options(T, N, O#{format => list_to_atom(F)});
options(["--" ++ _ = Bad | _], _, _) -> throw({usage, "unknown option " ++ Bad});
options([Name | T], N, O) -> options(T, [Name | N], O);
options([], N, O) -> {lists:reverse(N), O}.

number(Text) ->
    try list_to_integer(Text)
    catch error:badarg -> throw({usage, "not a number: " ++ Text})
    end.

positive(Text) ->
    case number(Text) of
        N when N > 0 -> N;
        _ -> throw({usage, "not a positive number: " ++ Text})
    end.

run(Names, #{format := Format} = Opts) ->
    Options = (maps:with([force, wait, timeout, guard, max_errors], Opts))#{by => by()},
    {Ok, Report} = case Opts of
                       #{rollback := true} -> rollback(Options);
                       #{dry_run := true} -> plan(Names, Options);
                       #{} -> reload(Names, Options)
                   end,
    finish_command({Ok, Report}, Format).

%% Prints a report (to stderr why nothing was done), and waits for the verdict of a guard: 0 ok, 1 refused, failed or rolled back, 3 inconclusive.
finish_command({Ok, Report}, Format) ->
    case {Format, Ok} of
        {json, _} -> io:put_chars([json(Report), $\n]);
        {text, ok} -> io:put_chars(format(Report));
        {text, error} -> transom_command:error("~ts", [format(Report)])
    end,
    case {Ok, Report} of
        {ok, #{guard := Pid, number := N}} ->
            transom_guard:await(Pid),
            verdict(entry(N), Format);
        {ok, _} -> 0;
        {error, _} -> 1
    end.

verdict({value, #{guard := #{verdict := Verdict} = Guard}}, Format) ->
    case Format of
        json -> io:put_chars([transom_reload_text:guard_json(Guard), $\n]);
        text -> io:put_chars(transom_guard:text(Guard))
    end,
    case Verdict of
        ok -> 0;
        inconclusive -> 3;
        _ -> 1
    end;
verdict(_, _) ->
    transom_command:error("the guard ended without a verdict~n"),
    1.

by() ->
    case transom_command:context() of
        #{cwd := Cwd} -> {command, Cwd};
        #{} -> self()
    end.

%%% Reports

format(Report) -> transom_reload_text:format(Report).

json(Report) -> transom_reload_text:json(Report).

rehearsal_text(M, R) -> transom_reload_text:rehearsal(M, R).

text(Format, Args) -> unicode:characters_to_binary(io_lib:format(Format, Args)).

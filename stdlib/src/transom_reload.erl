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
         entry/1, old_states/0, old_states_text/0, migrate/2, migrate/3, old/1, format/1, sources/1, start/0, init/1, loop_on/1, guarded/3]).

-type what() :: all | [module() | string()].
-type options() :: #{force => boolean(), wait => boolean() | timeout(), timeout => timeout(), extra => term(), by => term(),
                     guard => pos_integer(), max_errors => pos_integer()}.

-define(TIMEOUT, 5000).

%%% Calls

%% `transom reload NAME ...`
command(Args) -> transom_reload_command:command(Args).

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

%% Nobody is started for it: there is no journal before the first step.
history() ->
    case whereis(?MODULE) of
        undefined -> [];
        _ -> ask(history)
    end.

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

%% The same as lines of text: "rs@3 on the state of version 2 (4 processes)".
old_states_text() ->
    Groups = maps:groups_from_list(fun({_, M, _, V, C}) -> {M, C, V} end, old_states()),
    [io_lib:format("~ts@~w on the state of version ~w (~ts)", [M, C, V, case Ps of [{P, _, _, _, _}] -> pid_to_list(P); _ -> [integer_to_list(length(Ps)), " processes"] end])
     || {{M, C, V}, Ps} <- lists:sort(maps:to_list(Groups))].

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
%% A default is in New as {Field, Default}. migrate(State, Module): the record definitions of both versions of the module say which fields there are.
migrate(State, Fields) -> transom_reload_records:migrate(State, Fields).

%% The same; the last argument gets the new record and a map of the values that found no field.
migrate(State, Fields, Finish) -> transom_reload_records:migrate(State, Fields, Finish).

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
            {Answer, New} = working(Pid, Mon, St),
            From ! {Ref, Answer},
            ?MODULE:loop_on(New);
        _ -> ?MODULE:loop_on(St)
    end.

%% The journal can be read meanwhile: a step may wait for long.
working(Pid, Mon, St) ->
    receive
        {'DOWN', Mon, process, Pid, {answer, Answer}} -> Answer;
        {'DOWN', Mon, process, Pid, {raised, Class, Reason, Stack}} -> {{raise, Class, Reason, Stack}, St};
        {'DOWN', Mon, process, Pid, Why} ->
            {{error, #{refusals => [{'R000', undefined, 1, transom_reload_text:text("the reload ended: ~tp", [Why])}], result => failed}}, St};
        {?MODULE, From, Ref, Request} when Request =:= history; element(1, Request) =:= entry ->
            From ! {Ref, element(1, handle(Request, St))},
            working(Pid, Mon, St)
    end.

loop_on(St) -> loop(St).

guarded(Request, St) ->
    try handle(Request, St)
    catch Class:Reason:Stack -> exit({raised, Class, Reason, Stack})
    end.

handle(history, #{journal := J} = St) -> {[maps:without([before, 'after'], E) || E <- lists:reverse(J)], St};
handle({entry, N}, #{journal := J} = St) -> {lists:search(fun(#{number := M}) -> M =:= N end, J), St};
handle({guarded, N, Modules, Result}, St) -> transom_reload_back:settle(N, Modules, Result, St);
handle({undo, Opts}, #{journal := J} = St) ->
    case [E || #{verdict := V, what := What} = E <- J, V =/= rolled_back, What =:= reload orelse is_map_key('after', E)] of
        [#{what := {rollback, _}} = E | _] -> again(E, Opts, St);
        _ -> handle({rollback, Opts}, St)
    end;
handle({drift, {Files, Bad}}, #{cache := Cache} = St) ->
    Built = transom_source:compile_all(Cache, Files),
    Found = lists:append([drifted(B) || B <- Built]) ++ [{M, G, modified} || {M, P} <- Files, G <- transom_grammar:changed(Cache, P)],
    {{Found, Bad}, St};
handle({sources, {Files, _}}, #{cache := Cache} = St) ->
    Built = transom_source:compile_all(Cache, Files),
    Read = [case B of
                {ok, #{path := P, headers := Hs, transforms := Ts, behaviours := Bs}} -> {P, Hs ++ [S || M <- Ts ++ Bs, {ok, S} <- [transom_source:source_of(M)]]};
                {error, P, _, Hs} -> {P, Hs}
            end || B <- Built],
    {[{P, Hs ++ transom_grammar:of_source(Cache, P)} || {P, Hs} <- Read], St};
handle({reload, {Files, Bad}, Opts}, #{cache := Cache} = St) ->
    Begin = erlang:monotonic_time(microsecond),
    Build = fun() ->
        Unmade = transom_grammar:renew(Cache, Files),
        [E || {_, E} <- Unmade] ++ transom_source:compile_all(Cache, [F || {_, P} = F <- Files, not lists:keymember(P, 1, Unmade)])
    end,
    Built = case Opts of
        #{dry_run := true} -> transom_grammar:planned(Cache, Files, Build);
        #{dry_run := false} -> Build()
    end,
    Used = lists:append([Ts || {ok, #{transforms := Ts}} <- Built]),
    Transforms = [U || {ok, #{module := M} = U} <- Built, lists:member(M, Used), changed(U)],
    case {Opts, Transforms, Bad, [E || {error, _, _, _} = E <- Built]} of
        {#{dry_run := false}, [_ | _], [], []} -> transforms_first(Begin, Transforms, Files, Opts, St);
        _ -> built(Begin, Built, Bad, Opts, St)
    end;
handle({rollback, Opts}, St) -> transom_reload_back:back(Opts, St).

%% Parse transforms run when the others are compiled: a step for them, then one for all that they transform. When that fails, the first one is
%% taken back.
transforms_first(Begin, Transforms, Files, Opts, #{cache := Cache} = St) ->
    case built(Begin, [{ok, U} || U <- Transforms], [], maps:remove(guard, Opts), St) of
        {{ok, #{number := N} = First}, #{journal := [#{number := N} = Entry | _]} = St1} ->
            Rest = [F || {_, P} = F <- Files, not lists:any(fun(#{path := T}) -> T =:= P end, Transforms)],
            case built(Begin, transom_source:compile_all(Cache, Rest), [], Opts, St1) of
                {{ok, #{result := unchanged}}, St2} -> {{ok, First}, St2};
                {{ok, #{modules := Ms} = R}, St2} -> {{ok, R#{modules := maps:get(modules, First) ++ Ms}}, St2};
                {{error, R}, St2} ->
                    {_, St3} = transom_reload_back:back(Entry, maps:without([guard], Opts), St2),
                    {{error, R}, St3}
            end;
        Refused -> Refused
    end.

built(Begin, Built, Bad, Opts, St) ->
    Broken = [{P, Said} || {error, P, Said, _} <- Built],
    Units = one_per_module([U || {ok, U} <- Built, changed(U)]),
    Report = #{modules => [], warnings => lists:append([W || {ok, #{warnings := W}} <- Built]), unknown => Bad, broken => Broken,
               unchanged => length(Built) - length(Units) - length(Broken), compile_us => erlang:monotonic_time(microsecond) - Begin},
    case {Broken, Bad} of
        {[], []} when Units =:= [] -> {{ok, Report#{result => unchanged, refusals => []}}, St};
        {[], []} -> step(Units, Opts, Report, St);
        _ ->
            Refusals = [{'R010', P, length(T), transom_reload_text:text("~ts does not compile; mend it, the old code runs on", [P])} || {P, T} <- Broken],
            {{error, Report#{result => refused, refusals => Refusals}}, St}
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
    case [{'R004', M, 1, transom_reload_text:text("module ~ts belongs to the machine and is not reloaded", [M])} || M <- Modules, code:is_sticky(M)] of
        [] ->
            Prepared = [prepare(U) || U <- Units],
            case maps:get(wait, Opts, false) of
                false -> ok;
                Wait -> wait_until_free(Modules, deadline(Wait))
            end,
            _ = transom_upgrade:carry(Modules),
            {R0, Processes, Plans} = erts_internal:reload_plan([P || {_, P, _} <- Prepared]),
            Servers = transom_upgrade:servers(Modules),
            {Convert, R3} = transom_rehearsal:converters(Servers, Plans, Prepared),
            Extra = maps:get(extra, Opts, []),
            {Rehearsed, R5} = transom_rehearsal:there(Servers, Convert, Prepared, Extra, Timeout),
            R11 = case Opts of
                      #{guard := _} when R5 =:= [] -> transom_rehearsal:there_and_back(Convert, Prepared, Extra, Timeout);
                      #{} -> []
                  end,
            Kept = [R || {Code, _, _, _} = R <- R0, Code =/= 'R003'],
            Refusals = lists:sort(Kept ++ R3 ++ R5 ++ R11),
            Report = Report0#{modules => Plans, processes => Processes, rehearsal => Rehearsed, refusals => Refusals,
                              servers => [{P, M, B, V, fate(P, M, Convert)} || {P, M, B, V} <- Servers],
                              supervisors => transom_rehearsal:supervisors(Servers, Prepared, Timeout), traces => traced(Plans)},
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
                    R = [{'R001', M, length(Ps), transom_reload_text:text("~w process(es) entered old code of ~ts meanwhile", [length(Ps), M])} || {M, Ps} <- Users],
                    {{error, Report#{result => refused, refusals => R, places => transom_upgrade:old_places(Users)}}, St}
            end;
        Failed ->
            R = [{'R006', M, 1, transom_reload_text:text("the on_load function of ~ts failed: ~tp", [M, Why])} || {M, Why} <- Failed],
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
              modules => [{M, transom_reload_journal:version(M), transom_reload_journal:md5(B), transom_reload_journal:md5(U)} || #{module := M, bytes := U} <- Units, {M1, B, _} <- Before, M1 =:= M],
              before => Before, 'after' => [{M, U, P, maps:get(text, Unit, none)} || #{module := M, bytes := U, path := P} = Unit <- Units],
              switch_us => maps:get(microseconds, Did), converted => length(Convert), killed => length(Killed),
              in_old => [{M, length(Ps)} || {M, Ps} <- InOld], verdict => ok},
    transom_reload_journal:notify(Entry),
    {{ok, maps:merge(Report#{result => reloaded, number => N, switch_us => maps:get(microseconds, Did), converted => length(Convert),
                             killed => Killed, in_old => [U || {_, [_ | _]} = U <- InOld], places => transom_upgrade:old_places(InOld)},
               guard_report(Guard, N, Modules))},
     watched(Guard, N, Modules, transom_reload_journal:noted(Entry, St))};
finish({error, Step, Why}, _, _, _, _, Guard, _, Report, St) ->
    case Guard of
        {begun, Pid, _} -> transom_guard:cancel(Pid);
        _ -> ok
    end,
    {{error, Report#{result => rolled_back, refusals => [transom_reload_text:failed(Step, Why)]}}, St}.

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

%% A rollback undone: the versions it left are loaded again, as a reload of their own.
again(#{what := {rollback, _}, 'after' := After, number := N}, Opts, #{journal := J} = St) ->
    Units = [#{module => M, bytes => B, path => P, text => T, warnings => [], headers => []} || {M, B, P, T} <- After],
    Report = #{modules => [], warnings => [], unknown => [], broken => [], unchanged => 0, compile_us => 0},
    case step(Units, Opts#{dry_run => false}, Report, St) of
        {{ok, R}, #{journal := J1} = St1} ->
            {{ok, R}, St1#{journal := [case E of #{number := N} -> E#{verdict := rolled_back}; _ -> E end || E <- J1]}};
        {Error, _} -> {Error, St#{journal := J}}
    end.

%%% Reports

format(Report) -> transom_reload_text:format(Report).

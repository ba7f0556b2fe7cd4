%% Going back: `transom reload --rollback`, `transom undo`, and what the verdict of a guard asks for. State is that of the server `transom_reload`.
-module(transom_reload_back).

-export([back/2, back/3, settle/4]).

-define(TIMEOUT, 5000).

%% The latest reload that stands.
back(Opts, #{journal := Journal} = St) ->
    case [E || #{what := reload, verdict := ok, before := [_ | _]} = E <- Journal] of
        [] -> {{error, #{result => refused, refusals => [{'R009', undefined, 1, transom_reload_text:text("no reload to go back from", [])}], modules => []}}, St};
        [Entry | _] -> back(Entry, Opts, St)
    end.

back(Entry, Opts, St) -> transom_reload_records:back(fun() -> step(Entry, Opts, St) end).

step(#{before := Before, number := N} = Entry, Opts, St) ->
    Timeout = maps:get(timeout, Opts, ?TIMEOUT),
    Modules = [M || {M, _, _} <- Before],
    Stale = [M || {M, _, _, Md5} <- maps:get(modules, Entry), not erlang:module_loaded(M) orelse erlang:get_module_info(M, md5) =/= Md5],
    Ways = [way(B) || B <- Before],
    Servers = transom_upgrade:servers(Modules),
    Convert = [{P, M, B, {down, old_vsn(M, Ways)}} || {P, M, B, _} <- Servers, transom_rehearsal:has_code_change(M, B), kept_by(M, Ways)],
    {Rehearsed, R8} = transom_rehearsal:back(Convert, maps:get(extra, Opts, []), Timeout),
    R9 = [{'R009', M, 1, transom_reload_text:text("~ts was loaded by other means since; reload it from its source instead", [M])} || M <- Stale],
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
                    R1 = [{'R001', M, length(Ps), transom_reload_text:text("~w process(es) in old code of ~ts", [length(Ps), M])} || {M, Ps} <- Users],
                    {{error, Report#{result => refused, refusals => R1, places => transom_upgrade:old_places(Users)}}, St}
            end
    end.

%% Before the purge the two loaded versions change roles; after it the kept file is loaded anew.
way({M, none, _}) -> {delete, M};
way({M, Bytes, File}) ->
    {_, Old} = erts_internal:module_versions(M),
    Md5 = transom_reload_journal:md5(Bytes),
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
        [V] -> transom_rehearsal:vsn_of(V);
        [] -> undefined
    end.

went_back({ok, Did}, Number, Before, Convert, Opts, Report, #{journal := J, next := N} = St) ->
    [#{'after' := After}] = [E || #{number := K} = E <- J, K =:= Number],
    lists:foreach(fun({M, B, File}) -> B =/= none andalso File =/= undefined andalso erts_internal:module_file(M, File) end, Before),
    Modules = [M || {M, _, _} <- Before],
    InOld = transom_upgrade:carry(Modules),
    Us = maps:get(microseconds, Did),
    Entry = #{number => N, at => erlang:system_time(millisecond), by => maps:get(by, Opts, self()), what => {rollback, Number},
              modules => [{M, case erlang:module_loaded(M) of true -> transom_reload_journal:version(M); false -> none end, none, transom_reload_journal:md5(B)} || {M, B, _} <- Before],
              before => [], 'after' => After, switch_us => Us, converted => length(Convert), killed => 0, in_old => [{M, length(P)} || {M, P} <- InOld],
              verdict => ok},
    transom_reload_journal:notify(Entry),
    Undone = [case E of #{number := Number} -> E#{verdict := rolled_back}; _ -> E end || E <- J],
    {{ok, Report#{result => rolled_back_to, number => Number, modules => [], switch_us => Us, converted => length(Convert), in_old => InOld, places => transom_upgrade:old_places(InOld)}},
     transom_reload_journal:noted(Entry, St#{journal := Undone})};
went_back({error, Step, Why}, _, _, _, _, Report, St) ->
    {{error, Report#{result => rolled_back, refusals => [transom_reload_text:failed(Step, Why)]}}, St}.

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
    case back(E, #{by => guard}, St) of
        {{ok, _}, St1} -> take_back(Rest, St1);
        {{error, #{refusals := Rs}}, St1} ->
            logger:error("transom reload ~w should be rolled back: ~ts", [maps:get(number, E), lists:join("; ", [T || {_, _, _, T} <- Rs])]),
            {rollback_failed, St1}
    end.

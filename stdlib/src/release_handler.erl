%% Upgrades of one running application by its appup file, as documented in release_handler(3), appup(4) and relup(4): upgrade_app/2, downgrade_app/2,3 and
%% the scripts they evaluate. Releases as a whole (installing, unpacking, making permanent) are not here.
%%
%%   appup: high level instructions ──> script: load_object_code, point_of_no_return, suspend, load, code_change, resume, ... ──> evaluated in order
%%
%% A script that fails leaves behind what it had done, as in OTP; `transom reload` does the same work in a transaction.
-module(release_handler).

-export([upgrade_app/2, downgrade_app/2, downgrade_app/3, upgrade_script/2, downgrade_script/3]).

%% What evaluating needs: the application, its new directory, `up` or `down`, object code, versions of modules before, who is suspended, who
%% still runs purged code.
-record(eval, {app, dir, vsn, mode, objects = #{}, old = #{}, suspended = [], unpurged = []}).

%%% Calls

%% Dir is the directory of the application's new version.
upgrade_app(App, Dir) -> answered(fun() -> upgrade(App, Dir) end).

downgrade_app(App, Dir) -> answered(fun() -> downgrade(App, version_of(App, Dir), Dir) end).

%% Dir is the directory of the application's older version.
downgrade_app(App, OldVsn, Dir) -> answered(fun() -> downgrade(App, OldVsn, Dir) end).

upgrade_script(App, Dir) ->
    OldVsn = loaded_vsn(App),
    check_current(App, OldVsn),
    {application, App, Keys} = app_file(App, Dir),
    {Up, _} = appup(App, ebin(Dir)),
    {ok, proplists:get_value(vsn, Keys), script(App, Keys, Keys, instructions(OldVsn, Up), up)}.

downgrade_script(App, OldVsn, Dir) ->
    Current = current_dir(App),
    {application, App, Keys} = app_file(App, Current),
    {_, Down} = appup(App, ebin(Current)),
    {application, App, OldKeys} = app_file(App, Dir),
    {ok, script(App, OldKeys, Keys, instructions(OldVsn, Down), down)}.

answered(Work) ->
    try Work()
    catch
        throw:restart_emulator -> restart_emulator;
        throw:Why -> {error, Why};
        exit:Why -> {'EXIT', Why};
        error:Why:Stack -> {'EXIT', {Why, Stack}}
    end.

upgrade(App, Dir) ->
    {ok, Vsn, Script} = upgrade_script(App, Dir),
    run(Script, #eval{app = App, dir = Dir, vsn = Vsn, mode = up}).

downgrade(App, OldVsn, Dir) ->
    {ok, Script} = downgrade_script(App, OldVsn, Dir),
    run(Script, #eval{app = App, dir = Dir, vsn = OldVsn, mode = down}).

run(Script, #eval{app = App, dir = Dir} = St) ->
    #eval{unpurged = Unpurged} = lists:foldl(fun instruction/2, St, Script),
    true = code:replace_path(App, ebin(Dir)),
    {application, App, Keys} = app_file(App, Dir),
    ok = application_controller:change_spec(App, Keys),
    {ok, lists:usort(Unpurged)}.

%%% Files

ebin(Dir) -> filename:join(Dir, "ebin").

loaded_vsn(App) ->
    case application:get_key(App, vsn) of
        {ok, Vsn} -> Vsn;
        undefined -> throw({app_not_loaded, App})
    end.

current_dir(App) ->
    case code:where_is_file(atom_to_list(App) ++ ".app") of
        non_existing -> throw({no_such_file, atom_to_list(App) ++ ".app"});
        File -> filename:dirname(filename:dirname(filename:absname(File)))
    end.

%% What is on the code path must be the version that runs: an upgrade that failed in the middle left another one there.
check_current(App, Vsn) ->
    Dir = current_dir(App),
    case version_of(App, Dir) of
        Vsn -> ok;
        Other -> throw({no_valid_version, {{"should be", Vsn}, {"found file", filename:join(ebin(Dir), atom_to_list(App) ++ ".app"), Other}}})
    end.

version_of(App, Dir) ->
    {application, App, Keys} = app_file(App, Dir),
    proplists:get_value(vsn, Keys).

app_file(App, Dir) ->
    File = filename:join(ebin(Dir), atom_to_list(App) ++ ".app"),
    case file:consult(File) of
        {ok, [{application, App, Keys} = Spec]} when is_list(Keys) -> Spec;
        {ok, _} -> throw({bad_app_file, File});
        {error, Why} -> throw({no_such_file, File, Why})
    end.

%% {From older versions, to older versions}.
appup(App, Ebin) ->
    File = filename:join(Ebin, atom_to_list(App) ++ ".appup"),
    case file:consult(File) of
        {ok, [{_, Up, Down}]} when is_list(Up), is_list(Down) -> {Up, Down};
        {ok, _} -> throw({bad_appup_file, File});
        {error, _} -> throw(no_appup_found)
    end.

%% A version is a string, or a regular expression in a binary that covers all of it.
instructions(Vsn, Paths) ->
    case [Is || {V, Is} <- Paths, is_version(V, Vsn)] of
        [Is | _] -> Is;
        [] -> throw({version_not_in_appup, Vsn})
    end.

is_version(V, Vsn) when is_binary(V) ->
    case re:run(Vsn, V, [{capture, first, list}]) of
        {match, [Vsn]} -> true;
        _ -> false
    end;
is_version(V, Vsn) -> V =:= Vsn.

%%% From an appup to a script

%% Keys are those of the version that will run.
script(App, Keys, NewKeys, Instructions, Mode) ->
    Modules = proplists:get_value(modules, Keys, []) ++ proplists:get_value(modules, NewKeys, []),
    Parts = lists:append([translated(I, App, Keys, Modules, Mode) || I <- Instructions]),
    Loads = [M || {load, {M, _, _}} <- Parts],
    case Loads -- lists:usort(Loads) of
        [] -> ok;
        [M | _] -> throw({muldef_module, M})
    end,
    {Before, Behind} = at_point_of_no_return(Parts),
    Objects = [{load_object_code, {App, proplists:get_value(vsn, Keys), Loads}} || Loads =/= []],
    Objects ++ Before ++ [point_of_no_return | Behind].

%% Applications may say themselves where it is.
at_point_of_no_return(Parts) ->
    case lists:splitwith(fun(I) -> I =/= point_of_no_return end, Parts) of
        {Before, [point_of_no_return | Behind]} -> {Before, [I || I <- Behind, I =/= point_of_no_return]};
        {All, []} -> {[], All}
    end.

translated({update, M}, A, K, Ms, Mode) -> translated({update, M, soft}, A, K, Ms, Mode);
translated({update, M, supervisor}, A, K, Ms, Mode) -> update(M, static, default, {advanced, []}, brutal_purge, brutal_purge, A, K, Ms, Mode);
translated({update, M, Deps}, A, K, Ms, Mode) when is_list(Deps) -> translated({update, M, soft, Deps}, A, K, Ms, Mode);
translated({update, M, Change}, A, K, Ms, Mode) -> translated({update, M, Change, []}, A, K, Ms, Mode);
translated({update, M, Change, Deps}, A, K, Ms, Mode) -> translated({update, M, Change, brutal_purge, brutal_purge, Deps}, A, K, Ms, Mode);
translated({update, M, Change, Pre, Post, Deps}, A, K, Ms, Mode) -> translated({update, M, default, Change, Pre, Post, Deps}, A, K, Ms, Mode);
translated({update, M, T, Change, Pre, Post, Deps}, A, K, Ms, Mode) -> translated({update, M, dynamic, T, Change, Pre, Post, Deps}, A, K, Ms, Mode);
translated({update, M, Type, T, Change, Pre, Post, Deps}, A, K, Ms, Mode) when is_list(Deps) ->
    update(M, Type, T, Change, Pre, Post, A, K, Ms, Mode);
translated({load_module, M}, A, K, Ms, Mode) -> translated({load_module, M, []}, A, K, Ms, Mode);
translated({load_module, M, Deps}, A, K, Ms, Mode) -> translated({load_module, M, brutal_purge, brutal_purge, Deps}, A, K, Ms, Mode);
translated({load_module, M, Pre, Post, Deps}, _, _, Ms, _) when is_list(Deps) -> [{load, {known(M, Ms), Pre, Post}}];
translated({add_module, M}, A, K, Ms, Mode) -> translated({add_module, M, []}, A, K, Ms, Mode);
translated({add_module, M, Deps}, _, _, Ms, _) when is_list(Deps) -> [{load, {known(M, Ms), brutal_purge, brutal_purge}}];
translated({delete_module, M}, A, K, Ms, Mode) -> translated({delete_module, M, []}, A, K, Ms, Mode);
translated({delete_module, M, Deps}, _, _, _, _) when is_atom(M), is_list(Deps) -> [{remove, {M, brutal_purge, brutal_purge}}, {purge, [M]}];
translated({restart_application, App}, App, Keys, _, _) ->
    Modules = proplists:get_value(modules, Keys, []),
    [{apply, {application, stop, [App]}}] ++ [{remove, {M, brutal_purge, brutal_purge}} || M <- Modules] ++ [{purge, Modules}] ++
        [{load, {M, brutal_purge, brutal_purge}} || M <- Modules] ++ [{apply, {application, start, [App, permanent]}}];
translated({apply, {M, F, As}} = I, _, _, _, _) when is_atom(M), is_atom(F), is_list(As) -> [I];
translated(point_of_no_return, _, _, _, _) -> [point_of_no_return];
translated(restart_emulator, _, _, _, _) -> [restart_emulator];
translated({W, Ms} = I, _, _, _, _) when is_list(Ms), W =:= suspend orelse W =:= resume orelse W =:= purge orelse W =:= stop orelse W =:= start -> [I];
translated({W, {M, Pre, Post}} = I, _, _, _, _) when is_atom(M), is_atom(Pre), is_atom(Post), W =:= load orelse W =:= remove -> [I];
translated({code_change, Changes} = I, _, _, _, _) when is_list(Changes) -> [I];
translated({code_change, Mode, Changes} = I, _, _, _, _) when is_list(Changes), Mode =:= up orelse Mode =:= down -> [I];
translated(Bad, _, _, _, _) -> throw({bad_instruction, Bad}).

known(M, Modules) ->
    case lists:member(M, Modules) of
        true -> M;
        false -> throw({no_such_module, M})
    end.

%% On the way up the new code converts, on the way down the code that made the state does.
update(M0, _Type, Timeout, Change, Pre, Post, _App, _Keys, Modules, Mode) ->
    M = known(M0, Modules),
    Suspend = {suspend, [case Timeout of default -> M; _ -> {M, Timeout} end]},
    Load = {load, {M, Pre, Post}},
    Middle = case {Change, Mode} of
                 {soft, _} -> [Load];
                 {{advanced, Extra}, up} -> [Load, {code_change, up, [{M, Extra}]}];
                 {{advanced, Extra}, down} -> [{code_change, down, [{M, Extra}]}, Load];
                 {Bad, _} -> throw({bad_instruction, {update, M, Bad}})
             end,
    [Suspend | Middle] ++ [{resume, [M]}].

%%% Evaluation

instruction({load_object_code, {_, _, Modules}}, #eval{dir = Dir, objects = Objects, old = Old} = St) ->
    Read = maps:from_list([{M, object(M, ebin(Dir))} || M <- Modules]),
    St#eval{objects = maps:merge(Objects, Read), old = maps:merge(Old, maps:from_list([{M, vsn(M)} || M <- Modules]))};
instruction(point_of_no_return, St) -> St;
instruction({suspend, Modules}, St) -> lists:foldl(fun suspend/2, St, Modules);
instruction({resume, Modules}, #eval{suspended = Suspended} = St) ->
    {Now, Still} = lists:partition(fun({M, _}) -> lists:member(M, Modules) end, Suspended),
    lists:foreach(fun({_, P}) -> catch sys:resume(P) end, Now),
    St#eval{suspended = Still};
instruction({load, {M, Pre, Post}}, #eval{app = App, dir = Dir, objects = Objects} = St) ->
    purge_before(M, Pre),
    #{M := {File, Bin}} = Objects,
    %% From here on the code path is that of the new version, whatever follows.
    true = code:replace_path(App, ebin(Dir)),
    case code:load_binary(M, File, Bin) of
        {module, M} -> purge_behind(M, Post, St);
        {error, Why} -> exit({load_failed, M, Why})
    end;
instruction({remove, {M, Pre, Post}}, St) ->
    purge_before(M, Pre),
    _ = code:delete(M),
    purge_behind(M, Post, St);
instruction({purge, Modules}, St) ->
    lists:foreach(fun code:purge/1, Modules),
    St;
instruction({code_change, Changes}, St) -> instruction({code_change, up, Changes}, St);
instruction({code_change, Mode, Changes}, #eval{suspended = Suspended} = St) ->
    [change(P, M, vsn(Mode, M, St), Extra) || {M, Extra} <- Changes, {M1, P} <- Suspended, M1 =:= M],
    St;
instruction({stop, Modules}, St) ->
    [supervisor:terminate_child(Sup, Id) || {Sup, Id, P, Ms} <- children(), is_pid(P), M <- Modules, is_one_of(M, P, Ms)],
    St;
instruction({start, Modules}, St) ->
    [supervisor:restart_child(Sup, Id) || {Sup, Id, undefined, Ms} <- children(), is_list(Ms), M <- Modules, lists:member(M, Ms)],
    St;
instruction({apply, {M, F, As}}, St) ->
    case catch apply(M, F, As) of
        {'EXIT', _} = Exit -> exit(Exit);
        {error, Why} -> exit({error, Why});
        _ -> St
    end;
instruction(restart_emulator, _) -> throw(restart_emulator).

object(M, Ebin) ->
    File = filename:join(Ebin, atom_to_list(M) ++ code:objfile_extension()),
    case file:read_file(File) of
        {ok, Bin} -> {File, Bin};
        {error, _} -> throw({no_such_file, File})
    end.

%% Of what is loaded, as beam_lib:version/1 has it.
vsn(M) ->
    case code:is_loaded(M) of
        false -> undefined;
        _ -> one(proplists:get_value(vsn, M:module_info(attributes), undefined))
    end.

one(V) -> transom_rehearsal:vsn_of(V).

%% Up: from which version. Down: to which.
vsn(up, M, #eval{old = Old}) -> maps:get(M, Old, undefined);
vsn(down, M, #eval{objects = Objects}) ->
    #{M := {_, Bin}} = Objects,
    {ok, {M, V}} = beam_lib:version(Bin),
    {down, one(V)}.

purge_before(M, soft_purge) ->
    case code:soft_purge(M) of
        true -> ok;
        false -> throw({old_processes, M})
    end;
purge_before(M, brutal_purge) ->
    _ = code:purge(M),
    ok.

purge_behind(M, brutal_purge, St) ->
    _ = code:purge(M),
    St;
purge_behind(M, soft_purge, #eval{unpurged = Unpurged} = St) ->
    case code:soft_purge(M) of
        true -> St;
        false -> St#eval{unpurged = [M | Unpurged]}
    end.

%% Who does not answer is left out.
suspend({M, Timeout}, #eval{suspended = Suspended} = St) ->
    Ps = [P || P <- processes_of(M), stands_still(P, Timeout)],
    St#eval{suspended = Suspended ++ [{M, P} || P <- Ps]};
suspend(M, St) -> suspend({M, default}, St).

stands_still(P, default) -> (catch sys:suspend(P)) =:= ok;
stands_still(P, Timeout) -> (catch sys:suspend(P, Timeout)) =:= ok.

change(P, M, Vsn, Extra) ->
    case sys:change_code(P, M, Vsn, Extra) of
        ok -> ok;
        {error, Why} -> exit({code_change_failed, P, M, Vsn, Why})
    end.

%%% Processes, along the supervision trees of the running applications

processes_of(M) -> lists:usort([P || {_, _, P, Ms} <- children(), is_pid(P), is_one_of(M, P, Ms)] ++ [S || S <- tops(), callback(S) =:= M]).

is_one_of(M, P, dynamic) -> lists:member(M, [case H of {H1, _} -> H1; H1 -> H1 end || H <- handlers(P)]);
is_one_of(M, P, supervisor) -> callback(P) =:= M;
is_one_of(M, _, Ms) -> lists:member(M, Ms).

handlers(P) ->
    case catch gen_event:which_handlers(P) of
        Hs when is_list(Hs) -> Hs;
        _ -> []
    end.

callback(Sup) ->
    case catch supervisor:get_callback_module(Sup) of
        M when is_atom(M) -> M;
        _ -> undefined
    end.

tops() -> [S || {App, _, _} <- application:which_applications(), {ok, S} <- [application:get_supervisor(App)]].

%% [{Supervisor, Id, Pid | undefined, Modules | dynamic | supervisor}]
children() -> lists:append([children(S) || S <- tops()]).

children(Sup) ->
    lists:append([case Type of
                      supervisor when is_pid(P) -> [{Sup, Id, P, supervisor} | children(P)];
                      _ -> [{Sup, Id, P, Ms}]
                  end || {Id, P, Type, Ms} <- supervisor:which_children(Sup)]).

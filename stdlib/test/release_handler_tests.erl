%% Instructions of appups that tests/reloading/g16_release.erl does not use.
-module(release_handler_tests).

-include_lib("eunit/include/eunit.hrl").

upgrades_test_() ->
    {setup, fun start/0, fun stop/1,
     fun(Dir) -> [{Name, {timeout, 60, fun() -> fresh(Dir), F(Dir) end}}
                  || {Name, F} <- [{"children and their supervisor", fun supervisor/1}, {"versions by pattern, modules that come and go", fun modules/1},
                                   {"who stays in old code", fun unpurged/1}, {"low level, by hand", fun by_hand/1}, {"what is not there", fun absent/1}]]
     end}.

start() ->
    Dir = filename:join("/tmp", "release-handler-tests-" ++ os:getpid()),
    ok = filelib:ensure_dir(filename:join(Dir, "x")),
    Dir.

stop(Dir) ->
    clear(Dir),
    file:del_dir_r(Dir).

clear(Dir) ->
    _ = application:stop(rh),
    _ = application:unload(rh),
    [code:del_path(P) || P <- code:get_path(), lists:prefix(Dir, P)],
    [begin code:purge(M), code:delete(M), code:purge(M) end || M <- [rh_sup, rh_srv, rh_new]].

%% Version 1, freshly started.
fresh(Dir) ->
    clear(Dir),
    true = code:add_patha(filename:join(version(Dir, "1", [], none), "ebin")),
    ok = application:start(rh).

version(Dir, V, More, Appup) ->
    Ebin = filename:join([Dir, "rh-" ++ V, "ebin"]),
    ok = filelib:ensure_dir(filename:join(Ebin, "x")),
    Modules = lists:foldl(fun({M, T}, Acc) -> Acc#{M => T} end, #{rh_srv => server(V), rh_sup => supervisor_text("")}, More),
    maps:foreach(fun(M, T) ->
                         {ok, M, Bin, _, _} = erts_internal:compile_source(atom_to_list(M) ++ ".erl", lists:flatten(["-module(", atom_to_list(M), ").\n", T]), []),
                         ok = file:write_file(filename:join(Ebin, atom_to_list(M) ++ ".tbc"), Bin)
                 end, maps:filter(fun(_, T) -> T =/= none end, Modules)),
    Names = [M || M := T <- Modules, T =/= none],
    App = {application, rh, [{description, "d"}, {vsn, V}, {modules, Names}, {registered, []}, {applications, [kernel, stdlib]}, {env, [{from, V}]}, {mod, {rh_sup, []}}]},
    ok = file:write_file(filename:join(Ebin, "rh.app"), io_lib:format("~p.~n", [App])),
    _ = Appup =/= none andalso file:write_file(filename:join(Ebin, "rh.appup"), io_lib:format("~p.~n", [Appup])),
    filename:join(Dir, "rh-" ++ V).

server(V) ->
    "-behaviour(gen_server).\n-export([start_link/0, init/1, handle_call/3, handle_cast/2, code_change/3]).\n"
        "start_link() -> gen_server:start_link({local, rh_srv}, rh_srv, [], []).\ninit(_) -> {ok, 0}.\nhandle_call(get, _, S) -> {reply, {" ++ V ++ ", S}, S}.\n"
        "handle_cast({stay, P}, S) -> P ! staying, receive go -> {noreply, {" ++ V ++ ", S}} end.\ncode_change(Vsn, S, Extra) -> _ = Vsn, {ok, {S, Extra}}.\n".

supervisor_text(More) ->
    "-behaviour(supervisor).\n-export([start/2, stop/1, init/1]).\nstart(_, _) -> supervisor:start_link(rh_sup, []).\nstop(_) -> ok.\n"
        "init(_) -> {ok, {#{}, [#{id => srv, start => {rh_srv, start_link, []}, modules => [rh_srv]}" ++ More ++ "]}}.\n".

supervisor(Dir) ->
    More = {rh_sup, supervisor_text(", #{id => other, start => {gen_event, start_link, []}, modules => dynamic}")},
    A = version(Dir, "2", [More], {"2", [{"1", [{update, rh_sup, supervisor}]}], [{"1", []}]}),
    {ok, Sup} = application:get_supervisor(rh),
    {ok, []} = release_handler:upgrade_app(rh, A),
    [other, srv] = lists:sort([Id || {Id, _, _, _} <- supervisor:which_children(Sup)]),
    {ok, "2"} = application:get_key(rh, vsn),
    %% What was set stays.
    {ok, "1"} = application:get_env(rh, from).

modules(Dir) ->
    New = {rh_new, "-export([v/0]).\nv() -> new.\n"},
    A = version(Dir, "2", [New], {"2", [{<<"1(\\.[0-9]+)*">>, [{add_module, rh_new}, {load_module, rh_srv, [rh_new]}]}], [{"1", [{load_module, rh_srv}, {delete_module, rh_new}]}]}),
    {ok, []} = release_handler:upgrade_app(rh, A),
    [{2, 0}, new] = [gen_server:call(rh_srv, get), rh_new:v()],
    {ok, []} = release_handler:downgrade_app(rh, filename:join(Dir, "rh-1")),
    [{1, 0}, false] = [gen_server:call(rh_srv, get), erlang:module_loaded(rh_new)],
    {ok, "1"} = application:get_key(rh, vsn).

%% With soft purges who is in old code stays there, and is told.
unpurged(Dir) ->
    gen_server:cast(rh_srv, {stay, self()}),
    receive staying -> ok after 30000 -> error(silent) end,
    A = version(Dir, "2", [], {"2", [{"1", [{load_module, rh_srv, soft_purge, soft_purge, []}]}], []}),
    {ok, [rh_srv]} = release_handler:upgrade_app(rh, A),
    B = version(Dir, "3", [], {"3", [{"2", [{load_module, rh_srv, soft_purge, soft_purge, []}]}], []}),
    {error, {old_processes, rh_srv}} = release_handler:upgrade_app(rh, B),
    rh_srv ! go,
    {2, {1, 0}} = gen_server:call(rh_srv, get).

by_hand(Dir) ->
    A = version(Dir, "2", [], {"2", [{"1", [{apply, {erlang, put, [rh, before]}}, point_of_no_return, {suspend, [{rh_srv, 1000}]}, {load, {rh_srv, brutal_purge, brutal_purge}},
                                             {code_change, [{rh_srv, by_hand}]}, {resume, [rh_srv]}]}], [{"1", [restart_emulator]}]}),
    {ok, "2", [{load_object_code, {rh, "2", [rh_srv]}}, {apply, _}, point_of_no_return | _]} = release_handler:upgrade_script(rh, A),
    {ok, []} = release_handler:upgrade_app(rh, A),
    {2, {0, by_hand}} = gen_server:call(rh_srv, get),
    before = erase(rh),
    restart_emulator = release_handler:downgrade_app(rh, "1", filename:join(Dir, "rh-1")),
    %% The child is stopped by the script, and started again by it.
    B = version(Dir, "3", [], {"3", [{"2", [{stop, [rh_srv]}, {load_module, rh_srv}, {start, [rh_srv]}]}], []}),
    {ok, []} = release_handler:upgrade_app(rh, B),
    {3, 0} = gen_server:call(rh_srv, get).

absent(Dir) ->
    A = version(Dir, "2", [], {"2", [], []}),
    {error, {version_not_in_appup, "1"}} = release_handler:upgrade_app(rh, A),
    ?assertThrow({version_not_in_appup, "1"}, release_handler:upgrade_script(rh, A)),
    {error, {app_not_loaded, no_such_app}} = release_handler:upgrade_app(no_such_app, A),
    {error, {no_such_file, _, enoent}} = release_handler:upgrade_app(rh, filename:join(Dir, "nowhere")).

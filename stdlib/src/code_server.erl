%% The process that loads files: keeps the path, sticky modules and the loads that wait for an on_load function.
%% It starts at its first use. It reads files by the primitives, for modules it needs must not need it; and it outlives every failing load.
-module(code_server).

-export([start/0, call/1, loop/1, flag_options/0, source_options/2, place/1]).

%% Milliseconds that an on_load function may take; `on_load_timeout` of application kernel.
-define(ON_LOAD_MS, 60000).

-record(st, {path = ["."], sticky_dirs = [], sticky_mods = [], unstuck = [],
             %% module => {worker, monitor of it, what to answer, [requests that wait]}
             pending = #{},
             %% What transom_source:with_forms/1 has compiled.
             sources = none}).

start() ->
    case whereis(code_server) of
        undefined ->
            {Pid, Mon} = spawn_monitor(fun init/0),
            Pid ! {start, self()},
            receive
                {Pid, ready} -> erlang:demonitor(Mon, [flush]);
                {'DOWN', Mon, _, _, _} -> ok
            end,
            whereis(code_server);
        Pid -> Pid
    end.

%% The loser of a race to start ends quietly.
init() ->
    receive
        {start, Starter} ->
            try register(code_server, self()) of
                true ->
                    process_flag(trap_exit, true),
                    Starter ! {self(), ready},
                    loop(#st{path = initial_path()})
            catch error:badarg -> ok
            end
    end.

initial_path() ->
    Dirs = fun(Flag) ->
                   case init:get_argument(Flag) of
                       {ok, Lists} -> lists:append(Lists);
                       _ -> []
                   end
           end,
    lists:reverse(Dirs(pa)) ++ ["."] ++ Dirs(pz).

%% A module that the server itself misses cannot be asked for: it is not there.
call(Request) ->
    case self() =:= whereis(code_server) of
        true when element(1, Request) =:= get_object_code -> error;
        true -> {error, nofile};
        false -> loaded(ask(start(), Request), Request)
    end.

%% A module whose source alone was found is compiled here, in the process that wants it.
loaded({source, Source}, {Load, Mod}) ->
    %% A project has its errors reported all at once; a process that leads its own group, as the one that runs transforms, cannot print.
    Report = case persistent_term:get({code, source_options}, none) =:= none andalso self() =/= group_leader() of
                 true -> [report_errors, brief];
                 false -> []
             end,
    %% A transform among a project's options does not transform itself.
    Options = [O || O <- source_options(Source, []), O =/= {parse_transform, Mod}],
    %% The headers of a library lie beside its sources.
    Include = filename:join(filename:dirname(filename:dirname(filename:absname(Source))), "include"),
    case compile:file(Source, [binary | Report ++ Options ++ [{i, Include}]]) of
        {ok, Mod, Bin} when is_binary(Bin) -> ask(start(), {load_compiled, Mod, Source, Bin, Load});
        _ -> {error, badfile}
    end;
loaded(Answer, _) -> Answer.

%% What the project that runs says about compiling files of this directory (Others, if it says nothing of that one), or all; and what the
%% command line says.
source_options(Source, Others) ->
    OfDirs = persistent_term:get({code, source_options_of}, #{}),
    Options = case OfDirs of
                  #{} when map_size(OfDirs) =:= 0 -> persistent_term:get({code, source_options}, []);
                  #{} -> maps:get(place(filename:dirname(Source)), OfDirs, Others)
              end,
    lists:uniq(Options ++ flag_options()).

%% A directory by its one name: absolute, without dots that mean itself.
place(Dir) -> filename:join([Part || Part <- filename:split(filename:absname(Dir)), Part =/= "."]).

%% -I and -D. A value that is no term is a text.
flag_options() ->
    Values = fun(Flag) ->
                     case init:get_argument(Flag) of
                         {ok, Lists} -> lists:append(Lists);
                         _ -> []
                     end
             end,
    [{i, Dir} || Dir <- Values('I')] ++ [define(D) || D <- Values('D')].

define(Text) ->
    case string:split(Text, "=") of
        [Name, Value] ->
            try
                {ok, Tokens, _} = erl_scan:string(Value ++ " ."),
                {ok, Term} = erl_parse:parse_term(Tokens),
                {d, list_to_atom(Name), Term}
            catch error:{badmatch, _} -> {d_text, list_to_atom(Name), Value}
            end;
        [Name] -> {d, list_to_atom(Name)}
    end.

ask(Server, Request) ->
    Mon = erlang:monitor(process, Server),
    Server ! {code_call, self(), Mon, Request},
    receive
        {Mon, Answer} ->
            erlang:demonitor(Mon, [flush]),
            Answer;
        {'DOWN', Mon, _, _, Why} -> exit({code_server, Why})
    end.

loop(St) ->
    receive
        {code_call, From, Ref, Request} -> loop(serve(Request, {From, Ref}, St));
        {'DOWN', Mon, process, _, Why} -> loop(on_load_done(Mon, Why, St));
        {on_load_limit, Mod, Mon} ->
            on_load_limit(Mod, Mon, St),
            loop(St);
        _ -> loop(St)
    end.

reply({From, Ref}, Answer) -> From ! {Ref, Answer}.

%% A request never takes the server down: what fails in it is answered.
serve(Request, To, St) ->
    try handle(Request, To, St) of
        {reply, Answer, New} ->
            reply(To, Answer),
            New;
        {noreply, New} -> New
    catch
        Class:Reason:Stack ->
            logger:error("code_server: ~tp in ~tp:~n~tp", [{Class, Reason}, Request, Stack]),
            reply(To, {error, Reason}),
            St
    end.

handle(get_path, _, St) -> {reply, St#st.path, St};
handle({set_path, Path}, _, St) ->
    case lists:all(fun is_dir/1, Path) of
        true -> {reply, true, St#st{path = Path}};
        false -> {reply, {error, bad_directory}, St}
    end;
handle({add_path, Where, Dir}, _, #st{path = Path} = St) ->
    case is_dir(Dir) of
        true ->
            Others = lists:delete(Dir, Path),
            New = case Where of
                      first -> [Dir | Others];
                      last ->
                          case lists:member(Dir, Path) of
                              true -> Path;
                              false -> Path ++ [Dir]
                          end
                  end,
            {reply, true, St#st{path = New}};
        false -> {reply, {error, bad_directory}, St}
    end;
handle({del_path, Name}, _, #st{path = Path} = St) ->
    case find_dir(Name, Path) of
        {ok, Dir} -> {reply, true, St#st{path = lists:delete(Dir, Path)}};
        false -> {reply, false, St}
    end;
handle({replace_path, Name, Dir}, _, #st{path = Path} = St) ->
    case {is_dir(Dir), find_dir(Name, Path)} of
        {false, _} -> {reply, {error, bad_directory}, St};
        {true, {ok, Old}} -> {reply, true, St#st{path = [case D of Old -> Dir; _ -> D end || D <- Path]}};
        {true, false} -> {reply, true, St#st{path = Path ++ [Dir]}}
    end;
handle(all_files, _, St) ->
    {reply, lists:ukeysort(1, files(St#st.path)), St};
handle(all_files_with_hidden, _, St) -> {reply, files(St#st.path), St};
handle({get_object_code, Mod}, _, St) ->
    case find(Mod, St#st.path) of
        {ok, File, Bin} -> {reply, {Mod, Bin, File}, St};
        _ -> {reply, error, St}
    end;
handle({stick, Dir, Stick}, _, #st{sticky_dirs = Dirs} = St) ->
    New = case Stick of
              true -> lists:usort([absname(Dir) | Dirs]);
              false -> lists:delete(absname(Dir), Dirs)
          end,
    {reply, ok, St#st{sticky_dirs = New}};
handle({stick_mod, Mod, true}, _, #st{sticky_mods = Mods, unstuck = Unstuck} = St) ->
    {reply, ok, St#st{sticky_mods = lists:usort([Mod | Mods]), unstuck = lists:delete(Mod, Unstuck)}};
handle({stick_mod, Mod, false}, _, #st{sticky_mods = Mods, unstuck = Unstuck} = St) ->
    {reply, ok, St#st{sticky_mods = lists:delete(Mod, Mods), unstuck = lists:usort([Mod | Unstuck])}};
handle({is_sticky, Mod}, _, St) -> {reply, is_sticky(Mod, St), St};
handle({delete, Mod}, _, St) ->
    case {erlang:check_old_code(Mod), is_essential(Mod)} of
        {_, true} ->
            logger:error("Module ~w is needed by the machine and stays", [Mod]),
            {reply, false, St};
        {true, _} ->
            logger:error("Module ~w must be purged before deleting", [Mod]),
            {reply, false, St};
        {false, _} -> {reply, erlang:delete_module(Mod) =:= true, St}
    end;
handle(compiled_sources, _, #st{sources = none} = St) ->
    Cache = transom_source:new_cache(),
    {reply, Cache, St#st{sources = Cache}};
handle(compiled_sources, _, #st{sources = Cache} = St) -> {reply, Cache, St};
handle({finish_loading, Prepared}, _, St) -> {reply, finish(Prepared, St), St};
%% Loads of one module wait for its on_load function to answer; the function itself must not wait for itself.
handle(Request, {From, _} = To, #st{pending = Pending} = St) ->
    Mod = module_of(Request),
    case Pending of
        #{Mod := {From, _, _, _}} -> {reply, {error, deadlock}, St};
        #{Mod := {Pid, Mon, Answer, Waiting}} ->
            {noreply, St#st{pending = Pending#{Mod := {Pid, Mon, Answer, [{Request, To} | Waiting]}}}};
        #{} -> load(Request, To, St)
    end.

module_of({load_file, Mod}) -> Mod;
module_of({ensure_loaded, Mod}) -> Mod;
module_of({load_abs, _, Mod}) -> Mod;
module_of({load_compiled, Mod, _, _, _}) -> Mod;
module_of({load_binary, Mod, _, _}) -> Mod.

load({ensure_loaded, Mod}, To, St) ->
    case erlang:module_loaded(Mod) of
        true -> {reply, {module, Mod}, St};
        false -> load({load_file, Mod}, To, St)
    end;
load({load_file, Mod}, To, St) ->
    case is_sticky(Mod, St) of
        true -> {reply, sticky(Mod), St};
        false ->
            case find(Mod, St#st.path) of
                {ok, File, Bin} -> try_load(Mod, File, Bin, keep, To, St);
                {source, Source} -> {reply, {source, Source}, St};
                {error, Why} -> {reply, from_image(Mod, Why), St}
            end
    end;
%% What a client compiled: whoever only wanted it to be there takes what another brought meanwhile.
load({load_compiled, Mod, Source, Bin, Only}, To, St) ->
    case {Only =:= ensure_loaded andalso erlang:module_loaded(Mod), is_sticky(Mod, St)} of
        {true, _} -> {reply, {module, Mod}, St};
        {false, true} -> {reply, sticky(Mod), St};
        {false, false} -> try_load(Mod, Source, Bin, keep, To, St)
    end;
load({load_abs, Name, Mod}, To, St) ->
    Base = absname(if is_atom(Name) -> atom_to_list(Name); true -> Name end),
    File = Base ++ code:objfile_extension(),
    case {is_sticky(Mod, St), prim_file:read_file(File)} of
        {true, _} -> {reply, sticky(Mod), St};
        {false, {ok, Bin}} -> try_load(Mod, File, Bin, keep, To, St);
        {false, {error, _}} -> {reply, {error, nofile}, St}
    end;
load({load_binary, Mod, File, Bin}, To, St) ->
    case is_sticky(Mod, St) of
        true -> {reply, sticky(Mod), St};
        false -> try_load(Mod, File, Bin, purge, To, St)
    end.

%% Verified first: a file that is no module changes nothing and kills nobody. Only then the old code goes, if the caller's function
%% purges at all.
try_load(Mod, File, Bin, Purge, To, St) ->
    case erlang:prepare_loading(Mod, Bin) of
        {error, Why} -> {reply, failed(File, Why), St};
        Code ->
            %% An on_load function runs while both versions before are there; the old one goes when it has succeeded.
            Private = Purge =:= purge andalso erlang:has_prepared_code_on_load(Code),
            _ = Purge =:= purge andalso not Private andalso erts_code_purger:purge(Mod),
            case Private andalso erts_internal:begin_on_load(Code) orelse erlang:finish_loading([Code]) of
                true -> {noreply, run_on_load(Mod, File, To, St)};
                ok ->
                    erts_internal:module_file(Mod, File),
                    {reply, {module, Mod}, St};
                {on_load, [Mod]} -> {noreply, run_on_load(Mod, File, To, St)};
                {Why, [Mod]} -> {reply, failed(File, Why), St}
            end
    end.

%% The image is the last place on the path, for the modules that give way to others.
from_image(Mod, Why) ->
    case erts_internal:is_replaceable(Mod) andalso erts_internal:ensure_image(Mod) of
        true -> {module, Mod};
        false -> {error, Why}
    end.

failed(File, Why) ->
    logger:error("Loading of ~ts failed: ~p", [File, Why]),
    {error, Why}.

sticky(Mod) ->
    logger:error("Can't load module '~w' that resides in sticky dir", [Mod]),
    {error, sticky_directory}.

finish(Prepared, St) ->
    case [{M, sticky_directory} || {M, _, _} <- Prepared, is_sticky(M, St)] ++
        [{M, pending_on_load} || {M, _, _} <- Prepared, maps:is_key(M, St#st.pending)] of
        [] ->
            try erlang:finish_loading([Code || {_, _, Code} <- Prepared]) of
                ok ->
                    lists:foreach(fun({M, File, _}) -> erts_internal:module_file(M, File) end, Prepared);
                {Why, Mods} -> {error, [{M, Why} || M <- lists:reverse(Mods)]}
            catch
                %% Finished before: a preparation is good for one load.
                error:badarg -> {error, [{M, stale} || {M, _, _} <- Prepared]}
            end;
        Errors -> {error, Errors}
    end.

%%% on_load

run_on_load(Mod, File, To, #st{pending = Pending} = St) ->
    {Pid, Mon} = spawn_monitor(fun() -> exit(erlang:call_on_load_function(Mod)) end),
    _ = erlang:send_after(on_load_limit(), self(), {on_load_limit, Mod, Mon}),
    St#st{pending = Pending#{Mod => {Pid, Mon, {To, File}, []}}}.

%% One that never returns would hold up all who call the module.
on_load_limit() -> application:get_env(kernel, on_load_timeout, ?ON_LOAD_MS).

on_load_limit(Mod, Mon, #st{pending = Pending}) ->
    case Pending of
        #{Mod := {Pid, Mon, _, _}} ->
            logger:error("The on_load function for module ~ts has not returned in time and is ended; the module is not loaded", [Mod]),
            exit(Pid, kill);
        #{} -> ok
    end.

on_load_done(Mon, Why, #st{pending = Pending} = St) ->
    case [{M, P} || {M, {_, Mon1, _, _} = P} <- maps:to_list(Pending), Mon1 =:= Mon] of
        [{Mod, {_, _, {To, File}, Waiting}}] ->
            case Why of
                ok ->
                    _ = erlang:check_old_code(Mod) andalso erlang:module_loaded(Mod) andalso erts_code_purger:purge(Mod),
                    true = erlang:finish_after_on_load(Mod, true),
                    erts_internal:module_file(Mod, File),
                    reply(To, {module, Mod});
                _ ->
                    true = erlang:finish_after_on_load(Mod, false),
                    erts_code_purger:bury(),
                    report_on_load(Mod, Why),
                    reply(To, {error, on_load_failure})
            end,
            Free = St#st{pending = maps:remove(Mod, Pending)},
            lists:foldl(fun({Request, Who}, S) -> waited(Request, Who, Why, S) end, Free, lists:reverse(Waiting));
        [] -> St
    end.

%% Who only wanted the module to be there shares the outcome; another load of it is a load of its own.
waited({ensure_loaded, _}, To, Why, St) when Why =/= ok ->
    reply(To, {error, on_load_failure}),
    St;
waited(Request, To, _, St) -> serve(Request, To, St).

report_on_load(_, Why) when is_atom(Why) -> ok;
report_on_load(Mod, Why) ->
    logger:warning("The on_load function for module ~ts returned:~n~P", [Mod, Why, 10]).

%%% Files

find(Mod, Path) ->
    Name = atom_to_list(Mod),
    find_file(Path, Name ++ code:objfile_extension(), Name ++ ".erl").

%% A compiled file anywhere on the path comes before a source, which its client compiles: the server must not wait for a compiler that may have
%% modules to load.
find_file(Path, File, Source) ->
    case first(Path, File) of
        {ok, Full, Bin} -> {ok, absname(Full), Bin};
        none ->
            case first(Path, Source) of
                {ok, Full, _} -> {source, absname(Full)};
                none -> {error, nofile}
            end
    end.

first([Dir | Rest], File) ->
    Full = filename:append(Dir, File),
    case prim_file:read_file(Full) of
        {ok, Bin} -> {ok, Full, Bin};
        {error, _} -> first(Rest, File)
    end;
first([], _) -> none.

files(Path) ->
    Ext = code:objfile_extension(),
    lists:append([[{filename:basename(F, Ext), filename:append(Dir, F)} || F <- listed(Dir), filename:extension(F) =:= Ext]
                  || Dir <- Path]).

listed(Dir) ->
    case prim_file:list_dir(Dir) of
        {ok, Names} -> lists:sort(Names);
        {error, _} -> []
    end.

%% Without module file, like everything here.
absname(Name) ->
    case prim_file:get_cwd() of
        {ok, Cwd} -> filename:absname(Name, Cwd);
        {error, _} -> Name
    end.

is_dir(Dir) -> is_list(Dir) andalso code:file_type(Dir) =:= directory.

find_dir(Name, Path) when is_atom(Name) -> find_dir(atom_to_list(Name), Path);
find_dir(Name, Path) ->
    case lists:member(Name, Path) of
        true -> {ok, Name};
        false ->
            Named = fun(Dir) ->
                            case lists:reverse(filename:split(Dir)) of
                                ["ebin", App | _] -> App =:= Name orelse lists:prefix(Name ++ "-", App);
                                [App | _] -> App =:= Name;
                                [] -> false
                            end
                    end,
            case lists:filter(Named, Path) of
                [Dir | _] -> {ok, Dir};
                [] -> false
            end
    end.

%% Modules of the image are sticky but for those that give way and those that were unstuck by name, and so is what lies in a sticky directory or was
%% stuck by name.
is_sticky(Mod, #st{sticky_mods = Mods, sticky_dirs = Dirs, unstuck = Unstuck}) ->
    lists:member(Mod, Mods) orelse (is_essential(Mod) andalso not lists:member(Mod, Unstuck)) orelse
        (erlang:module_loaded(Mod) andalso in_dirs(erts_internal:module_file(Mod), Dirs)).

in_dirs(_, []) -> false;
in_dirs(File, Dirs) when is_list(File) -> lists:member(filename:dirname(absname(File)), Dirs);
in_dirs(_, _) -> false.

is_essential(erlang) -> true;
is_essential(Mod) -> erlang:module_loaded(Mod) andalso erts_internal:module_file(Mod) =:= undefined
                         andalso not erts_internal:is_replaceable(Mod) andalso erts_internal:image_code(Mod) =/= undefined.

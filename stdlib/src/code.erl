%% Modules: loading, versions, the path they are found on.
%%
%% What needs no file is answered here, in the caller. Everything that reads or changes the path, and every load of a file, goes
%% through the process `code_server`, so that two loads of one module do not cross. Modules of the standard library lie in the
%% virtual machine's image and load without it, but for those that give way to a copy on the path.
-module(code).

-export([load_file/1, load_abs/1, load_abs/2, load_binary/3, ensure_loaded/1, ensure_modules_loaded/1, atomic_load/1,
         prepare_loading/1, finish_loading/1, delete/1, purge/1, soft_purge/1, is_loaded/1, all_loaded/0, all_available/0,
         which/1, get_object_code/1, module_status/0, module_status/1, modified_modules/0, module_md5/1, is_module_native/1]).
-export([get_path/0, set_path/1, set_path/2, add_path/1, add_path/2, add_patha/1, add_patha/2, add_pathz/1, add_pathz/2,
         add_paths/1, add_paths/2, add_pathsa/1, add_pathsa/2, add_pathsz/1, add_pathsz/2, del_path/1, del_paths/1,
         replace_path/2, replace_path/3, clear_cache/0, rehash/0, where_is_file/1, where_is_file/2, root_dir/0, lib_dir/0,
         lib_dir/1, lib_dir/2, priv_dir/1, compiler_dir/0, objfile_extension/0, get_mode/0, set_mode/1, stick_dir/1,
         unstick_dir/1, stick_mod/1, unstick_mod/1, is_sticky/1, clash/0, get_doc/1, get_chunk/2]).
-export([coverage_support/0, get_coverage/2, get_coverage_mode/0, get_coverage_mode/1, reset_coverage/1, set_coverage_mode/1]).
-export([versions/1, file_type/1]).

-define(PREPARED, '$prepared$').

%%% Loading

load_file(Mod) when is_atom(Mod) -> code_server:call({load_file, Mod}).

load_abs(File) when is_list(File); is_atom(File) -> load_abs(File, list_to_atom(filename:basename(File))).

%% The shell names the module; a file that holds another one is refused.
load_abs(File, Mod) when is_list(File), is_atom(Mod); is_atom(File), is_atom(Mod) ->
    code_server:call({load_abs, File, Mod}).

load_binary(Mod, File, Bin)
  when is_atom(Mod), is_binary(Bin), is_list(File);
       is_atom(Mod), is_binary(Bin), is_atom(File) ->
    code_server:call({load_binary, Mod, File, Bin}).

ensure_loaded(Mod) when is_atom(Mod) ->
    case erlang:module_loaded(Mod) of
        true -> {module, Mod};
        false ->
            case not erts_internal:is_replaceable(Mod) andalso erts_internal:ensure_image(Mod) of
                true -> {module, Mod};
                false -> load_from_path(Mod)
            end
    end.

%% Nothing is looked for on the path of an embedded system; what only waits in the image is there.
load_from_path(Mod) ->
    case get_mode() of
        interactive -> code_server:call({ensure_loaded, Mod});
        embedded ->
            case erts_internal:ensure_image(Mod) of
                true -> {module, Mod};
                false -> {error, embedded}
            end
    end.

ensure_modules_loaded(Mods) ->
    case is_list(Mods) andalso lists:all(fun is_atom/1, Mods) of
        true ->
            case [{M, Why} || M <- lists:usort(Mods), {error, Why} <- [ensure_loaded(M)]] of
                [] -> ok;
                Failed -> {error, Failed}
            end;
        false -> erlang:error(function_clause, [Mods])
    end.

atomic_load(Mods) ->
    case do_prepare_loading(Mods) of
        {ok, Prepared} -> finish_loading(Prepared);
        {error, _} = Error -> Error;
        bad -> erlang:error(function_clause, [Mods])
    end.

prepare_loading(Mods) ->
    case do_prepare_loading(Mods) of
        bad -> erlang:error(function_clause, [Mods]);
        Answer -> Answer
    end.

do_prepare_loading(Mods) ->
    case partition_load(Mods, [], []) of
        {All, Names} ->
            case Names -- lists:usort(Names) of
                [] -> prepare(All, [], []);
                Twice -> {error, [{M, duplicated} || M <- lists:usort(Twice)]}
            end;
        bad -> bad
    end.

partition_load([{M, File, Bin} | Rest], All, Names) when is_atom(M), is_list(File), is_binary(Bin) ->
    partition_load(Rest, [{M, File, Bin} | All], [M | Names]);
partition_load([M | Rest], All, Names) when is_atom(M) ->
    partition_load(Rest, [M | All], [M | Names]);
partition_load([_ | _], _, _) -> bad;
partition_load([], All, Names) -> {lists:reverse(All), Names}.

prepare([{M, File, Bin} | Rest], Done, Failed) ->
    case erlang:prepare_loading(M, Bin) of
        {error, Why} -> prepare(Rest, Done, [{M, Why} | Failed]);
        Code -> prepare(Rest, [{M, File, Code} | Done], Failed)
    end;
prepare([M | Rest], Done, Failed) ->
    case get_object_code(M) of
        {M, Bin, File} -> prepare([{M, File, Bin} | Rest], Done, Failed);
        error -> prepare(Rest, Done, [{M, nofile} | Failed])
    end;
prepare([], Done, []) ->
    case [{M, on_load_not_allowed} || {M, _, Code} <- Done, erlang:has_prepared_code_on_load(Code)] of
        [] -> {ok, {?PREPARED, lists:reverse(Done)}};
        OnLoad -> {error, OnLoad}
    end;
prepare([], _, Failed) -> {error, lists:reverse(Failed)}.

finish_loading({?PREPARED, Prepared}) when is_list(Prepared) ->
    code_server:call({finish_loading, Prepared}).

%%% Versions

delete(Mod) when is_atom(Mod) -> code_server:call({delete, Mod}).

purge(Mod) when is_atom(Mod) ->
    {_, Killed} = erts_code_purger:purge(Mod),
    Killed.

soft_purge(Mod) when is_atom(Mod) -> erts_code_purger:soft_purge(Mod).

%% What the machine knows of the current and the old version.
versions(Mod) when is_atom(Mod) -> erts_internal:module_versions(Mod).

%%% What is loaded

is_loaded(Mod) when is_atom(Mod) ->
    case erlang:module_loaded(Mod) of
        true -> {file, file_of(Mod)};
        false -> false
    end.

file_of(Mod) ->
    case erts_internal:module_file(Mod) of
        undefined -> preloaded;
        File -> File
    end.

all_loaded() -> [{M, file_of(M)} || M <- erlang:loaded()].

all_available() ->
    Loaded = [{atom_to_list(M), F, true} || {M, F} <- all_loaded()],
    Names = sets:from_list([N || {N, _, _} <- Loaded], [{version, 2}]),
    OnDisk = [{N, F, false} || {N, F} <- code_server:call(all_files), not sets:is_element(N, Names)],
    Loaded ++ OnDisk.

which(Mod) when is_atom(Mod) ->
    case is_loaded(Mod) of
        {file, File} -> File;
        false ->
            OnPath = on_path(atom_to_list(Mod)),
            case erts_internal:image_code(Mod) =/= undefined
                 andalso (OnPath =:= non_existing orelse not erts_internal:is_replaceable(Mod)) of
                true -> preloaded;
                false -> OnPath
            end
    end.

%% The file that a load would take: code, or the source that it would compile.
on_path(Name) ->
    case where_is_file(Name ++ objfile_extension()) of
        non_existing ->
            case where_is_file(Name ++ ".erl") of
                non_existing -> non_existing;
                Source -> filename:absname(Source)
            end;
        File -> File
    end.

get_object_code(Mod) when is_atom(Mod) ->
    case code_server:call({get_object_code, Mod}) of
        error ->
            case erts_internal:image_code(Mod) of
                undefined -> source_code(is_loaded(Mod), Mod);
                Bin ->
                    Image = {Mod, Bin, atom_to_list(Mod) ++ objfile_extension()},
                    case erts_internal:is_replaceable(Mod) of
                        true -> own_code(Mod, Image);
                        false -> Image
                    end
            end;
        Found -> Found
    end.

%% A program's own copy, loaded from its source or about to be, comes before the image here too: `c:l/1` would load the built-in module over it.
own_code(Mod, Image) ->
    Loaded = case is_loaded(Mod) of
                 {file, File} when is_list(File) -> {file, File};
                 _ -> {file, on_path(atom_to_list(Mod))}
             end,
    case source_code(Loaded, Mod) of
        error -> Image;
        Own -> Own
    end.

%% A module that was loaded from its source has no file of code: it is compiled for who asks.
source_code({file, File}, Mod) when is_list(File) ->
    case filename:extension(File) =:= ".erl" andalso transom_source:with_forms(File) of
        {ok, Bin} -> {Mod, Bin, File};
        _ -> error
    end;
source_code(_, _) -> error.

module_status() -> module_status([M || {M, _} <- all_loaded()]).

module_status(Mod) when is_atom(Mod) ->
    case is_loaded(Mod) of
        false -> not_loaded;
        {file, preloaded} -> loaded;
        {file, cover_compiled} ->
            case where_is_file(atom_to_list(Mod) ++ objfile_extension()) of
                non_existing -> removed;
                _ -> modified
            end;
        {file, []} -> loaded;
        {file, _} -> compare(Mod, where_is_file(atom_to_list(Mod) ++ objfile_extension()))
    end;
module_status(Mods) when is_list(Mods) -> [{M, module_status(M)} || M <- Mods].

compare(_, non_existing) -> removed;
compare(Mod, File) ->
    case prim_file:read_file(File) of
        {ok, Bin} ->
            case module_md5(Bin) =:= erlang:get_module_info(Mod, md5) of
                true -> loaded;
                false -> modified
            end;
        {error, _} -> removed
    end.

modified_modules() -> [M || {M, modified} <- module_status()].

module_md5(Bin) when is_binary(Bin) -> erts_internal:module_md5(Bin).

is_module_native(Mod) when is_atom(Mod) ->
    case is_loaded(Mod) of
        {file, _} -> false;
        false -> undefined
    end.

%%% The path

get_path() -> code_server:call(get_path).
set_path(Path) when is_list(Path) -> code_server:call({set_path, Path}).
set_path(Path, _Cache) -> set_path(Path).
add_path(Dir) when is_list(Dir) -> add_pathz(Dir).
add_path(Dir, _Cache) -> add_pathz(Dir).
add_pathz(Dir) when is_list(Dir) -> code_server:call({add_path, last, Dir}).
add_pathz(Dir, _Cache) -> add_pathz(Dir).
add_patha(Dir) when is_list(Dir) -> code_server:call({add_path, first, Dir}).
add_patha(Dir, _Cache) -> add_patha(Dir).
add_paths(Dirs) when is_list(Dirs) -> add_pathsz(Dirs).
add_paths(Dirs, _Cache) -> add_pathsz(Dirs).
add_pathsz(Dirs) when is_list(Dirs) -> lists:foreach(fun add_pathz/1, Dirs).
add_pathsz(Dirs, _Cache) -> add_pathsz(Dirs).
add_pathsa(Dirs) when is_list(Dirs) -> lists:foreach(fun add_patha/1, Dirs).
add_pathsa(Dirs, _Cache) -> add_pathsa(Dirs).
del_path(Name) when is_list(Name); is_atom(Name) -> code_server:call({del_path, Name}).
del_paths(Names) when is_list(Names) -> lists:foreach(fun del_path/1, Names).
replace_path(Name, Dir) when is_atom(Name) orelse is_list(Name), is_list(Dir) orelse is_atom(Dir) ->
    case lib_dir(Name) of
        {error, bad_name} -> {error, bad_name};
        _ -> code_server:call({replace_path, Name, Dir})
    end.
replace_path(Name, Dir, _Cache) -> replace_path(Name, Dir).
clear_cache() -> ok.
rehash() -> ok.

where_is_file(File) when is_list(File) -> where_is_file(get_path(), File).

where_is_file([Dir | Rest], File) ->
    Full = case Dir of
               "." -> File;
               _ -> filename:append(Dir, File)
           end,
    case file_type(Full) =:= regular of
        true -> Full;
        false -> where_is_file(Rest, File)
    end;
where_is_file([], _) -> non_existing.

%% Without module file, which may have to be loaded first.
file_type(Name) ->
    case prim_file:read_file_info(Name) of
        {ok, Info} -> element(3, Info);
        {error, _} -> none
    end.

objfile_extension() -> ".tbc".

get_mode() -> persistent_term:get({code, mode}, interactive).
set_mode(Mode) when Mode =:= interactive; Mode =:= embedded -> persistent_term:put({code, mode}, Mode).

root_dir() ->
    case init:get_argument(root) of
        {ok, [[Dir | _] | _]} -> Dir;
        _ -> ""
    end.

lib_dir() -> filename:append(root_dir(), "lib").

lib_dir(Name) when is_atom(Name); is_list(Name) ->
    Text = if is_atom(Name) -> atom_to_list(Name); true -> Name end,
    %% The applications of a project that runs from its sources.
    case persistent_term:get({code, applications}, #{}) of
        #{Text := Dir} -> Dir;
        #{} -> lib_dir_in(get_path(), Text)
    end.

lib_dir(Name, Sub) when is_atom(Name), is_atom(Sub) ->
    case lib_dir(Name) of
        {error, _} = Error -> Error;
        Dir -> filename:append(Dir, atom_to_list(Sub))
    end.

lib_dir_in([Dir | Rest], Name) ->
    Parts = lists:reverse(filename:split(Dir)),
    App = case Parts of
              ["ebin", A | _] -> A;
              _ -> ""
          end,
    case Name =/= "" andalso (App =:= Name orelse lists:prefix(Name ++ "-", App)) of
        true -> filename:dirname(Dir);
        false -> lib_dir_in(Rest, Name)
    end;
lib_dir_in([], Name) ->
    %% The library's own, whose tree lies in the program.
    Dir = filename:append(lib_dir(), Name),
    case Name =/= "" andalso filelib:is_dir(Dir) of
        true -> Dir;
        false -> {error, bad_name}
    end.

priv_dir(Name) when is_atom(Name); is_list(Name) ->
    case lib_dir(Name) of
        {error, _} = Error -> Error;
        Dir -> filename:append(Dir, "priv")
    end.

compiler_dir() -> lib_dir(compiler).

stick_dir(Dir) when is_list(Dir) -> stick_existing(Dir, true).
unstick_dir(Dir) when is_list(Dir) -> stick_existing(Dir, false).

stick_existing(Dir, Stick) ->
    case filelib:is_dir(Dir) of
        true -> code_server:call({stick, Dir, Stick});
        false -> error
    end.
stick_mod(Mod) when is_atom(Mod) -> ok =:= code_server:call({stick_mod, Mod, true}).
unstick_mod(Mod) when is_atom(Mod) -> ok =:= code_server:call({stick_mod, Mod, false}).
is_sticky(Mod) when is_atom(Mod) -> code_server:call({is_sticky, Mod}).

%% Modules that hide others further down the path are told, each once.
clash() ->
    Files = [{filename:basename(F), F} || {_, F} <- code_server:call(all_files_with_hidden)],
    clash(lists:keysort(1, Files), 0).

clash([{B, F1}, {B, F2} | Rest], N) ->
    io:format("** ~ts hides ~ts~n", [F1, F2]),
    clash([{B, F1} | Rest], N + 1);
clash([_ | Rest], N) -> clash(Rest, N);
clash([], N) -> io:format("** Found ~w name clashes in code paths ~n", [N]).

get_doc(Mod) when is_atom(Mod) ->
    case get_object_code(Mod) of
        {Mod, Bin, _} -> docs(Bin);
        error ->
            %% A module that is all built in has a page beside the modules.
            case erts_internal:image_code(list_to_atom("doc/" ++ atom_to_list(Mod))) of
                undefined -> {error, non_existing};
                Bin -> docs(Bin)
            end
    end.

docs(Bin) ->
    case erts_internal:module_docs(Bin) of
        undefined -> {error, missing};
        Docs -> {ok, Docs}
    end.

%% A chunk of a module file, or undefined.
get_chunk(File, Chunk) when is_binary(File), is_list(Chunk) ->
    case beam_lib:chunks(File, [Chunk]) of
        {ok, {_, [{Chunk, Bytes}]}} -> Bytes;
        {error, beam_lib, _} -> undefined
    end.

%%% Coverage by native code: what OTP answers where there is none

coverage_support() -> false.

get_coverage(Level, Module) -> erlang:error(badarg, [Level, Module]).
get_coverage_mode() -> erlang:error(badarg, []).
get_coverage_mode(Module) -> erlang:error(badarg, [Module]).
reset_coverage(Module) -> erlang:error(badarg, [Module]).
set_coverage_mode(Mode) -> erlang:error(badarg, [Mode]).

%% What is in a bundle besides the virtual machine: made by `transom bundle`, started when the bundle is run. The `transom` program appends the archive to its own
%% file and hands it back; here is what it means: a map in the external term format.
-module(transom_bundle).

-export([project/4, script/3, run/4]).

%% modules: in the order in which they are loaded. priv: the files below priv/ of each application, by name. What else a project has is transom_project:plan().
-type archive() :: #{version := 1, modules := [{module(), binary()}], priv := #{string() => [{string(), non_neg_integer(), binary()}]},
                     start := {script, module()} | {start, module()} | {project, map()}}.

-include_lib("kernel/include/file.hrl").

%% ---- Making ----

%% The archive of a project, for the program; ends the VM with a message where something is wrong.
-spec project([string()], [string()], [string()], [string()]) -> binary().
project([Dir], Starts, Drawing, Path) ->
    #{units := Units, modules := Own} = Plan = transom_project:plan(Dir, Starts, Drawing),
    Others = lists:append([modules_of(U) || #{src := Src} = U <- Units, not lists:member(Src, sources(Own, Units))]),
    Started = maps:with([applications, main, functions], Plan),
    pack(#{version => 1, start => {project, Started}, priv => maps:from_list([{N, F} || #{name := N} = U <- Units, F <- [priv(U)], F =/= []]),
           modules => [{M, B} || {M, _, B} <- Own] ++ Others ++ on_path(Path)}).

%% The lists of sources that are compiled already.
sources(Own, Units) ->
    Files = [F || {_, F, _} <- Own],
    [Src || #{src := Src} <- Units, Src =/= [], lists:all(fun(F) -> lists:member(F, Files) end, Src)].

%% The archive of one module that was compiled already. Kind: "script" when it has main/1, "start" when it has start/0.
-spec script([string()], binary(), [string()]) -> binary().
script([Name, Kind], Bytes, Path) ->
    Module = list_to_atom(Name),
    pack(#{version => 1, start => {list_to_atom(Kind), Module}, priv => #{}, modules => [{Module, Bytes} | on_path(Path)]}).

-spec pack(archive()) -> binary().
pack(Archive) -> term_to_binary(Archive, [compressed]).

%% What a program would find by -pa.
on_path(Path) ->
    Files = [F || Dir <- Path, F <- lists:sort(filelib:wildcard(filename:join(Dir, "*.{tbc,erl}")))],
    [object(list_to_atom(N)) || N <- lists:uniq([filename:rootname(filename:basename(F)) || F <- Files])].

%% A dependency: its module files, or its sources compiled as they are at their first call.
modules_of(#{src := Src, path := Path}) ->
    Built = [filename:rootname(filename:basename(F)) || D <- Path, F <- filelib:wildcard(filename:join(D, "*.tbc"))],
    [object(list_to_atom(N)) || N <- lists:usort(Built ++ [filename:basename(F, ".erl") || F <- Src])].

object(Module) ->
    case code:ensure_loaded(Module) of
        {module, Module} ->
            case erts_internal:module_bytes(Module, current) of
                Bytes when is_binary(Bytes) -> {Module, Bytes};
                undefined -> failed("the bytecode of ~ts cannot be had", [Module])
            end;
        {error, Why} -> failed("cannot compile or load ~ts: ~tp", [Module, Why])
    end.

priv(#{dir := Dir}) ->
    Root = filename:join(Dir, "priv"),
    [{Name, Mode band 8#777, Bytes} || F <- filelib:wildcard(filename:join(Root, "**")), filelib:is_regular(F),
        Name <- [lists:nthtail(length(Root) + 1, F)],
        {ok, #file_info{mode = Mode}} <- [file:read_file_info(F)], {ok, Bytes} <- [file:read_file(F)]].

failed(Format, Args) ->
    io:format(standard_error, "transom: " ++ Format ++ "~n", Args),
    erlang:halt(1).

%% ---- Running ----

%% Called in the program's first process. Exe: the file that runs. Home: where files of priv/ are laid out, a directory that only its user can enter.
-spec run(binary(), string(), string(), [string()]) -> term().
run(Bytes, Exe, Home, Args) ->
    #{version := 1, modules := Modules, priv := Priv, start := Start} = binary_to_term(Bytes),
    [load(M, Exe, B) || {M, B} <- Modules],
    ok = applications(Start, Priv, Exe, Home),
    case Start of
        {script, Module} -> Module:main(Args);
        {start, Module} -> Module:start();
        {project, Plan} -> transom_project:start(Plan)
    end.

load(Module, Exe, Bytes) ->
    case code:load_binary(Module, filename:join(Exe, atom_to_list(Module) ++ code:objfile_extension()), Bytes) of
        {module, Module} -> ok;
        {error, Why} -> failed("cannot load ~ts from the bundle: ~tp", [Module, Why])
    end.

%% code:priv_dir/1 answers a directory with the files, the same one for every run of the same bundle.
applications({project, #{applications := Specs}}, Priv, Exe, Home) ->
    Places = [{Name, place(Name, Priv, Exe, Home)} || {application, App, _} <- Specs, Name <- [atom_to_list(App)]],
    persistent_term:put({code, applications}, maps:from_list(Places));
applications(_, _, _, _) -> ok.

place(Name, Priv, Exe, Home) ->
    case Priv of
        #{Name := Files} ->
            case lay_out(filename:join(Home, Name), Files) of
                {ok, Dir} -> Dir;
                {error, Why} -> failed("cannot write the files of ~ts to ~ts: ~ts", [Name, Home, file:format_error(Why)])
            end;
        #{} -> filename:join(Exe, Name)
    end.

%% Written beside and renamed, so that whoever sees the directory sees all of it.
lay_out(Dir, Files) ->
    case filelib:is_dir(Dir) of
        true -> {ok, Dir};
        false ->
            Beside = Dir ++ "." ++ os:getpid(),
            case write_all(Beside, Files) of
                ok ->
                    case file:rename(Beside, Dir) of
                        ok -> {ok, Dir};
                        {error, _} ->
                            %% Another run was faster.
                            _ = file:del_dir_r(Beside),
                            case filelib:is_dir(Dir) of
                                true -> {ok, Dir};
                                false -> {error, eexist}
                            end
                    end;
                Error -> Error
            end
    end.

write_all(_, []) -> ok;
write_all(Dir, [{Name, Mode, Bytes} | Rest]) ->
    File = filename:join([Dir, "priv", Name]),
    maybe
        ok ?= filelib:ensure_dir(File),
        ok ?= file:write_file(File, Bytes),
        ok ?= file:change_mode(File, Mode bor 8#400),
        write_all(Dir, Rest)
    end.

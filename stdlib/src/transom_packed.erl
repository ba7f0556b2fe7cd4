%% Scripts whose body is no source: a module file, or an archive of modules and applications (escript:create/2). The `transom` program runs them through run/3.
%%
%%   #! line, comment, %%! line | module file
%%                              | archive: mod.tbc, mod.erl, app/ebin/mod.tbc, app/ebin/app.app, app/src/mod.erl, ...
%%
%% Modules are loaded all at once; a source is compiled unless there is a module file of the same module.
-module(transom_packed).

-export([run/3]).

%% Calls main/1 of the main module. Failed: the exit status when there is nothing to call.
-spec run(file:filename(), [string()], 1..255) -> term().
run(File, Args, Failed) ->
    try main_module(File) of
        Main -> Main:main(Args)
    catch
        throw:{?MODULE, Why} ->
            io:format(standard_error, "~ts: ~ts~n", [File, Why]),
            erlang:halt(Failed)
    end.

main_module(File) ->
    Main = case escript:extract(File, []) of
               %% Names inside the archive stay good when the program changes its directory.
               {ok, Parts} -> loaded(filename:absname(File), lists:last(Parts));
               {error, Why} -> fail("~tp", [Why])
           end,
    case erlang:function_exported(Main, main, 1) of
        true -> Main;
        false -> fail("module ~ts does not export main/1", [Main])
    end.

loaded(File, {beam, Bytes}) -> load(File, Bytes, "the module");
loaded(File, {archive, Bytes}) ->
    Entries = case zip:foldl(fun entry/4, [], Bytes) of
                  {ok, All} -> lists:reverse(All);
                  {error, Why} -> fail("its archive is damaged: ~tp", [Why])
              end,
    Compiled = [load(filename:join(File, Name), Content, Name) || {object, Name, Content} <- Entries],
    [compile(File, Name, Content) || {source, Name, Content} <- Entries, not lists:member(module_of(Name), Compiled)],
    applications(File, [Content || {application, _, Content} <- Entries]),
    main_of(File).

entry(Name, _, Content, All) ->
    case filename:extension(Name) of
        ".tbc" -> [{object, Name, Content()} | All];
        ".beam" -> [{object, Name, Content()} | All];
        ".erl" -> [{source, Name, Content()} | All];
        ".app" -> [{application, Name, Content()} | All];
        _ -> All
    end.

load(File, <<"FOR1", _/binary>>, Name) ->
    fail("~ts was compiled for BEAM, which this is not (~ts); build the script from its sources: transom bundle DIR -o FILE", [Name, File]);
load(File, Bytes, Name) ->
    case beam_lib:info(Bytes) of
        [_, {module, Module} | _] -> load(Module, File, Bytes, Name);
        _ -> fail("~ts is no module file", [Name])
    end.

load(Module, File, Bytes, Name) ->
    case code:load_binary(Module, File, Bytes) of
        {module, Module} -> Module;
        {error, Why} -> fail("~ts cannot be loaded: ~tp", [Name, Why])
    end.

module_of(Name) -> list_to_atom(filename:rootname(filename:basename(Name))).

%% Headers lie on disk or in the library: a source in an archive that has its own headers beside it is compiled before it is packed.
compile(File, Name, Content) ->
    Path = filename:join(File, Name),
    case prim_compile:compile(Content, Path, []) of
        {ok, Module, Bytes, _, _} -> load(Module, Path, Bytes, Name);
        {error, Messages} -> fail("~ts does not compile: ~ts", [Name, [io_lib:format("~n  ~tp", [element(5, M)]) || M <- Messages]])
    end.

%% application:start/1 finds them.
applications(File, Texts) ->
    Specs = [spec(File, T) || T <- Texts],
    Places = #{atom_to_list(App) => filename:join(File, atom_to_list(App)) || {application, App, _} <- Specs},
    persistent_term:put({code, applications}, maps:merge(persistent_term:get({code, applications}, #{}), Places)),
    [application:load(S) || S <- Specs],
    ok.

spec(File, Text) ->
    case erl_scan:string(unicode:characters_to_list(Text)) of
        {ok, Tokens, _} ->
            case erl_parse:parse_term(Tokens) of
                {ok, {application, App, Keys} = Spec} when is_atom(App), is_list(Keys) -> Spec;
                _ -> fail("an application file of ~ts is none", [File])
            end;
        _ -> fail("an application file of ~ts is none", [File])
    end.

%% `%%! -escript main Module', else the script's own name.
main_of(File) ->
    Named = [M || ["main", M] <- case init:get_argument(escript) of {ok, All} -> All; error -> [] end],
    case Named of
        [Name | _] -> list_to_atom(Name);
        [] -> module_of(File)
    end.

-spec fail(string(), [term()]) -> no_return().
fail(Format, Args) -> throw({?MODULE, io_lib:format(Format, Args)}).

%% Cross reference checks of one module, or of the modules of one directory: calls of functions that do not exist, calls of deprecated ones, functions that nothing
%% calls. xm/1 of the shell is m/1. The servers, queries and graphs of OTP's tool of this name are not here.
%%
%% With abstract code (option debug_info, or a source on the code path) a call is told with the function it stands in. Without, only what the module imports is known.
-module(xref).

-export([m/1, d/1, format_error/1]).
-export_type([funcall/0, result/0]).

-type funcall() :: {mfa(), mfa()}.
-type result() :: [{deprecated, [funcall()]} | {undefined, [funcall()]} | {unused, [mfa()]}]
                | [{deprecated, [mfa()]} | {undefined, [mfa()]}].

%% calls: from where to where, of other modules; imports: the same, where it is not known from where; unused: local functions that no exported one leads to.
-record(module, {name, exports, calls = [], imports = [], unused = [], has_code}).

%%% What is checked

-spec m(module() | file:filename()) -> result() | {error, module(), term()}.
m(Module) when is_atom(Module) ->
    answer(fun() -> checked([of_module(Module)]) end);
m(File) when is_list(File) ->
    case io_lib:char_list(File) of
        true -> answer(fun() -> checked([read(in_directory(object(File)))]) end);
        false -> {error, xref_base, {invalid_filename, File}}
    end;
m(Other) -> {error, xref_base, {invalid_filename, Other}}.

-spec d(file:filename()) -> result() | {error, module(), term()}.
d(Dir) ->
    case file:list_dir(Dir) of
        {ok, Names} ->
            Files = [filename:join(Dir, N) || N <- lists:sort(Names), filename:extension(N) =:= code:objfile_extension()],
            answer(fun() -> checked([read(F) || F <- Files]) end);
        {error, Why} -> {error, xref_utils, {file_error, Dir, Why}}
    end.

-spec format_error({error, module(), term()} | term()) -> unicode:chardata().
format_error({error, beam_lib, Error}) -> [beam_lib:format_error(Error), "\n"];
format_error({error, _, Error}) -> format_error(Error);
format_error({no_such_module, Module}) -> io_lib:format("Cannot find module ~tp using the code path\n", [Module]);
format_error({invalid_filename, Name}) -> io_lib:format("Invalid file name ~tp\n", [Name]);
format_error({file_error, File, Why}) -> io_lib:format("~tp: ~tp\n", [File, file:format_error(Why)]);
format_error(Other) -> io_lib:format("~tp\n", [Other]).

answer(Work) -> try Work() catch throw:{?MODULE, Error} -> Error end.

fail(Module, Why) -> throw({?MODULE, {error, Module, Why}}).

object(File) ->
    case filename:extension(File) of
        ".beam" -> filename:rootname(File) ++ code:objfile_extension();
        ".tbc" -> File;
        _ -> File ++ code:objfile_extension()
    end.

in_directory(File) ->
    case filename:dirname(File) of
        "." -> "./" ++ filename:basename(File);
        _ -> File
    end.

%%% Reading

%% A file of the code path, the source of a loaded module, or a module that was loaded from neither.
of_module(Module) ->
    case which(Module) of
        File when is_list(File), File =/= [] -> read_or(File, Module);
        non_existing -> fail(xref_utils, {no_such_module, Module});
        _ -> of_bytes(Module)
    end.

%% A source that nobody has compiled is no module to be looked at.
which(Module) ->
    File = code:which(Module),
    case is_list(File) andalso filename:extension(File) =:= ".erl" andalso not erlang:module_loaded(Module) of
        true -> non_existing;
        false -> File
    end.

read_or(File, Module) ->
    case filelib:is_regular(File) of
        true -> read(File);
        false -> of_bytes(Module)
    end.

of_bytes(Module) ->
    case code:ensure_loaded(Module) of
        {module, Module} ->
            case erts_internal:module_bytes(Module, current) of
                Bytes when is_binary(Bytes) -> read(Bytes);
                undefined -> #module{name = Module, exports = exported(Module), has_code = true}
            end;
        _ -> fail(xref_utils, {no_such_module, Module})
    end.

read(Beam) ->
    case beam_lib:chunks(Beam, [abstract_code, exports, imports, attributes]) of
        {ok, {Name, [{_, Code}, {_, Exports}, {_, Imports}, {_, Attributes}]}} ->
            Module = #module{name = Name, exports = Exports},
            case Code of
                {raw_abstract_v1, Forms} -> with_code(Module, Forms, proplists:get_value(on_load, Attributes, []));
                _ -> Module#module{imports = Imports, has_code = false}
            end;
        {error, beam_lib, Why} -> fail(beam_lib, Why)
    end.

%%% Calls

%% Records are tuples first, so that what their defaults call is called where they are made.
with_code(#module{name = Name, exports = Exports} = Module, Forms, OnLoad) ->
    Expanded = erl_expand_records:module(Forms, []),
    Functions = [{{F, A}, Clauses} || {function, _, F, A, Clauses} <- Expanded],
    Imported = #{FA => M || {attribute, _, import, {M, FAs}} <- Forms, FA <- FAs},
    Own = #{FA => [] || {FA, _} <- Functions},
    Targets = [{FA, lists:usort(targets(Clauses, {Own, Imported}, []))} || {FA, Clauses} <- Functions],
    Local = #{FA => [T || {local, T} <- To] || {FA, To} <- Targets},
    Loaded = OnLoad ++ [FA || {attribute, _, on_load, FA} <- Forms],
    Used = reached(Exports ++ Loaded, Local, #{}),
    Module#module{has_code = true,
                  calls = [{{Name, F, A}, MFA} || {{F, A}, To} <- Targets, {remote, MFA} <- To],
                  unused = [{Name, F, A} || {{F, A}, _} <- Functions, not is_map_key({F, A}, Used), {F, A} =/= {module_info, 0}, {F, A} =/= {module_info, 1}]}.

%% What exported functions lead to, by calls inside the module.
reached([FA | Rest], Local, Seen) when is_map_key(FA, Seen) -> reached(Rest, Local, Seen);
reached([FA | Rest], Local, Seen) -> reached(maps:get(FA, Local, []) ++ Rest, Local, Seen#{FA => true});
reached([], _, Seen) -> Seen.

%% A fun is called where it is made; a call whose module or function is only known when it runs is not known here.
targets({call, _, {remote, _, {atom, _, M}, {atom, _, F}}, Args}, Names, Found) ->
    targets(Args, Names, remote(M, F, Args, Names, Found));
targets({call, _, {atom, _, F}, Args}, Names, Found) -> targets(Args, Names, named(F, length(Args), Args, Names, Found));
targets({'fun', _, {function, F, A}}, Names, Found) when is_atom(F) -> named(F, A, [], Names, Found);
targets({'fun', _, {function, {atom, _, M}, {atom, _, F}, {integer, _, A}}}, _, Found) -> [{remote, {M, F, A}} | Found];
targets(Tuple, Names, Found) when is_tuple(Tuple) -> targets(tuple_to_list(Tuple), Names, Found);
targets([Head | Tail], Names, Found) -> targets(Tail, Names, targets(Head, Names, Found));
targets(_, _, Found) -> Found.

%% A name without a module: of this module, imported, or built in.
named(F, A, Args, {Own, Imported} = Names, Found) ->
    case {Own, Imported} of
        {#{{F, A} := _}, _} -> [{local, {F, A}} | Found];
        {_, #{{F, A} := M}} -> remote(M, F, Args, Names, [{remote, {M, F, A}} | Found]);
        _ -> remote(erlang, F, Args, Names, Found)
    end.

%% The functions that call another one by its name, with the place of that name among the arguments.
remote(erlang, F, Args, _, Found) ->
    At = case {F, length(Args)} of
             {apply, 3} -> 1;
             {spawn, 3} -> 1;
             {spawn_link, 3} -> 1;
             {spawn_opt, 4} -> 1;
             {spawn, 4} -> 2;
             {spawn_link, 4} -> 2;
             {spawn_opt, 5} -> 2;
             _ -> none
         end,
    Called = [{remote, {erlang, F, length(Args)}} | Found],
    case At =/= none andalso lists:sublist(Args, At, 3) of
        [{atom, _, M}, {atom, _, Name}, List] ->
            case list_length(List, 0) of
                unknown -> Called;
                N -> [{remote, {M, Name, N}} | Called]
            end;
        _ -> Called
    end;
remote(M, F, Args, _, Found) -> [{remote, {M, F, length(Args)}} | Found].

list_length({nil, _}, N) -> N;
list_length({cons, _, _, Tail}, N) -> list_length(Tail, N + 1);
list_length({string, _, Text}, N) -> N + length(Text);
list_length(_, _) -> unknown.

%%% The check

checked(Modules) ->
    Known = #{Name => [{F, A} || {F, A} <- Exports] || #module{name = Name, exports = Exports} <- Modules},
    Called = lists:usort([To || #module{calls = Calls} <- Modules, {_, To} <- Calls] ++ lists:append([M#module.imports || M <- Modules])),
    Undefined = #{MFA => [] || MFA <- Called, not is_there(MFA, Known)},
    Deprecated = #{MFA => [] || MFA <- deprecated([C || C <- Called, not is_map_key(C, Undefined)])},
    Found = fun(Which) ->
                    lists:usort([Call || #module{calls = Calls} <- Modules, {_, To} = Call <- Calls, is_map_key(To, Which)]
                                ++ [To || #module{imports = Imports} <- Modules, To <- Imports, is_map_key(To, Which)])
            end,
    Unused = lists:usort(lists:append([M#module.unused || M <- Modules])),
    [{deprecated, Found(Deprecated)}, {undefined, Found(Undefined)}]
        ++ [{unused, Unused} || lists:any(fun(M) -> M#module.has_code end, Modules) orelse Modules =:= []].

is_there({M, F, A} = MFA, Known) ->
    case Known of
        #{M := Exports} -> lists:member({F, A}, Exports) orelse erlang:is_builtin(M, F, A);
        #{} -> erlang:is_builtin(M, F, A) orelse is_exported(MFA)
    end.

%% Nothing is loaded to be asked, but for modules of the library, which is there anyway.
is_exported({M, F, A}) -> lists:member({F, A}, exported(M)).

exported(M) ->
    case which(M) of
        non_existing -> [];
        File when is_list(File), File =/= [] ->
            case filelib:is_regular(File) andalso beam_lib:chunks(File, [exports]) of
                {ok, {_, [{exports, Exports}]}} -> Exports;
                _ -> loaded_exports(M)
            end;
        _ -> loaded_exports(M)
    end.

loaded_exports(M) ->
    case code:ensure_loaded(M) of
        {module, M} -> M:module_info(exports);
        _ -> []
    end.

%% The compiler knows which functions of the library are deprecated: it is shown a function for each call, the n-th on line n. Other modules say it themselves.
deprecated(Called) ->
    Numbered = lists:enumerate(Called),
    Forms = [{attribute, 0, module, ?MODULE}]
        ++ [{function, N, list_to_atom("f" ++ integer_to_list(N)), 0, [{clause, N, [], [], [call(N, MFA)]}]} || {N, MFA} <- Numbered]
        ++ [{eof, length(Called) + 1}],
    Lines = case erl_lint:module(Forms, "", [nowarn_unused_function]) of
                {ok, Warnings} -> [erl_anno:line(At) || {_, Ws} <- Warnings, {At, _, Why} <- Ws, is_deprecation(Why)];
                _ -> []
            end,
    [MFA || {N, MFA} <- Numbered, lists:member(N, Lines) orelse says_deprecated(MFA)].

call(N, {M, F, A}) -> {call, N, {remote, N, {atom, N, M}, {atom, N, F}}, lists:duplicate(A, {nil, N})}.

is_deprecation(Why) when is_tuple(Why) -> element(1, Why) =:= deprecated;
is_deprecation(_) -> false.

says_deprecated({M, F, A}) ->
    case which(M) of
        File when is_list(File), File =/= [] ->
            case filelib:is_regular(File) andalso beam_lib:chunks(File, [attributes]) of
                {ok, {_, [{attributes, Attributes}]}} ->
                    lists:any(fun(Which) -> matches(Which, F, A) end, proplists:get_value(deprecated, Attributes, []));
                _ -> false
            end;
        _ -> false
    end.

matches(module, _, _) -> true;
matches(Which, F, A) when element(1, Which) =:= '_'; element(1, Which) =:= F -> lists:member(element(2, Which), ['_', A]);
matches(_, _, _) -> false.

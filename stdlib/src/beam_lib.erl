%% What a module file says without being loaded.
%%
%% Our files have chunks of their own (docs/internals/bytecode.md), known by their names: "ATOM", "CODE", "EXPT" and so on. The chunks of a
%% BEAM file that hold Erlang terms are answered too, made from ours: "Attr", "CInf", "Docs" and "Dbgi" in the external term format.
%% Files of BEAM are no module files here. A source stands for what it compiles to, with abstract code: code:which/1 names the source of a
%% module that was compiled when it was loaded.
-module(beam_lib).

-export([chunks/2, chunks/3, all_chunks/1, build_module/1, info/1, version/1, md5/1, significant_chunks/0, format_error/1]).
-export([cmp/2, cmp_dirs/2, diff_dirs/2, strip/1, strip/2, strip_files/1, strip_files/2, strip_release/1, strip_release/2]).
-export([crypto_key_fun/1, clear_crypto_key_fun/0, get_crypto_key/1, make_crypto_key/2]).
-export_type([beam/0, chunkid/0, chunkref/0, chunkname/0, chunkdata/0, attrib_entry/0, debug_info/0, info_rsn/0, compinfo_entry/0]).

-type beam() :: file:filename() | binary().
-type chunkid() :: nonempty_string().
-type chunkname() :: abstract_code | atoms | attributes | compile_info | debug_info | documentation | exports | imports | indexed_imports
                   | labeled_exports | labeled_locals | locals.
-type chunkref() :: chunkname() | chunkid().
-type chunkdata() :: {chunkref(), term()}.
-type attrib_entry() :: {atom(), [term()]}.
-type compinfo_entry() :: {atom(), term()}.
-type debug_info() :: {debug_info_v1, module(), term()} | no_debug_info.
-type info_rsn() :: tuple().

%% Bytes before the first chunk: a mark, the version of the format, a hash.
-define(HEADER, 24).

%% What the loader needs, and with it the names of records.
-define(SIGNIFICANT, ["ATOM", "CONS", "IMPT", "EXPT", "CODE", "FUNS", "LINE", "RECS", "LOAD"]).

%% Chunks that a module cannot be without; they are emptied and not left out.
-define(EMPTIED, ["ATTR", "CINF"]).

%% name: how the file is called in errors; tables: what the VM reads from the file.
-record(file, {name, bytes, tables}).

%%% Chunks

chunks(Beam, Refs) -> chunks(Beam, Refs, []).

chunks(Beam, Refs, Options) when is_list(Refs), is_list(Options) ->
    answer(fun() ->
                   File = open(Beam),
                   Allow = lists:member(allow_missing_chunks, Options),
                   {ok, {module(File), [{Ref, chunk(Ref, File, Allow)} || Ref <- Refs]}}
           end).

chunk(Ref, File, Allow) ->
    case data(Ref, File) of
        {missing, _} when Allow -> missing_chunk;
        {missing, Id} -> fail({missing_chunk, File#file.name, Id});
        {found, Data} -> Data
    end.

data(exports, #file{tables = T}) -> {found, lists:sort([{F, A} || {F, A, _} <- element(3, T)])};
data(labeled_exports, #file{tables = T}) -> {found, lists:sort([{F, A, At + 1} || {F, A, At} <- element(3, T)])};
data(imports, #file{tables = T}) -> {found, lists:sort(element(4, T))};
data(indexed_imports, #file{tables = T}) -> {found, [{N, M, F, A} || {N, {M, F, A}} <- lists:enumerate(element(4, T))]};
data(locals, File) -> {found, [{F, A} || {F, A, _} <- locals(File)]};
data(labeled_locals, File) -> {found, locals(File)};
data(atoms, #file{tables = T}) -> {found, lists:enumerate(element(2, T))};
data(attributes, #file{tables = T}) -> {found, grouped(element(6, T))};
data(compile_info, #file{tables = T}) -> {found, element(7, T)};
data(documentation, #file{tables = T, bytes = Bytes}) ->
    %% What a tool added goes before what the compiler wrote.
    case {lists:keyfind("Docs", 1, raw(Bytes)), element(8, T)} of
        {{_, _, Added}, _} -> {found, binary_to_term(Added)};
        {false, undefined} -> {missing, "Docs"};
        {false, Docs} -> {found, Docs}
    end;
data(abstract_code, File) ->
    {found, case forms(File) of
                none -> no_abstract_code;
                Forms -> {raw_abstract_v1, Forms}
            end};
data(debug_info, File) -> {found, debug_info(File)};
data("Attr", #file{tables = T}) -> {found, term_to_binary(element(6, T))};
data("CInf", #file{tables = T}) -> {found, term_to_binary(element(7, T))};
data("Dbgi", File) -> {found, term_to_binary(debug_info(File))};
data("Docs", File) ->
    case data(documentation, File) of
        {found, Docs} -> {found, term_to_binary(Docs)};
        Missing -> Missing
    end;
data([_, _, _, _] = Id, #file{bytes = Bytes, name = Name}) ->
    case lists:all(fun is_integer/1, Id) of
        true ->
            case lists:keyfind(Id, 1, raw(Bytes)) of
                {_, _, Data} -> {found, Data};
                false -> {missing, Id}
            end;
        false -> fail({unknown_chunk, Name, Id})
    end;
data(Other, #file{name = Name}) -> fail({unknown_chunk, Name, Other}).

%% Functions that are not exported, with their places.
locals(#file{tables = T}) ->
    Exported = [{F, A} || {F, A, _} <- element(3, T)],
    lists:sort([{F, A, At} || {At, {F, A}} <- lists:enumerate(element(5, T)), not lists:member({F, A}, Exported)]).

%% Every attribute once, by name, its values in their order.
grouped(Attributes) ->
    Names = lists:usort([N || {N, _} <- Attributes]),
    [{N, lists:append([Values || {M, Values} <- Attributes, M =:= N])} || N <- Names].

forms(#file{tables = T}) ->
    case lists:keyfind(<<"abstract_code">>, 1, element(9, T)) of
        {_, Bytes} -> binary_to_term(Bytes);
        false -> none
    end.

debug_info(#file{tables = T} = File) ->
    Options = proplists:get_value(options, element(7, T), []),
    case forms(File) of
        none -> {debug_info_v1, erl_abstract_code, {none, Options}};
        Forms -> {debug_info_v1, erl_abstract_code, {Forms, Options}}
    end.

%% Abstract code is there as tools look for it, beside the chunk that holds it.
all_chunks(Beam) ->
    answer(fun() ->
                   #file{bytes = Bytes} = File = open(Beam),
                   Made = [{"Dbgi", term_to_binary(debug_info(File))} || forms(File) =/= none],
                   {ok, module(File), [{Id, Data} || {Id, _, Data} <- raw(Bytes)] ++ Made}
           end).

build_module(Chunks) ->
    case erts_internal:module_from_chunks(iolist_to_binary([framed(C) || C <- Chunks, not is_made(C)])) of
        undefined -> erlang:error(badarg, [Chunks]);
        Bytes -> {ok, Bytes}
    end.

is_made({"Dbgi", _}) -> true;
is_made(_) -> false.

framed({Id, Data}) when length(Id) =:= 4 ->
    Bytes = iolist_to_binary(Data),
    [Id, <<(byte_size(Bytes)):32/little>>, Bytes].

significant_chunks() -> ?SIGNIFICANT.

info(Beam) ->
    answer(fun() ->
                   #file{bytes = Bytes} = File = open(Beam),
                   Where = case Beam of
                               _ when is_binary(Beam) -> {binary, Beam};
                               _ -> {file, File#file.name}
                           end,
                   [Where, {module, module(File)}, {chunks, [{Id, Position, byte_size(Data)} || {Id, Position, Data} <- raw(Bytes)]}]
           end).

version(Beam) ->
    answer(fun() ->
                   File = open(Beam),
                   {found, Attributes} = data(attributes, File),
                   {ok, {module(File), proplists:get_value(vsn, Attributes, [])}}
           end).

%% Of what runs: paths, positions, documentation and options are not in it.
md5(Beam) ->
    answer(fun() ->
                   #file{bytes = Bytes} = File = open(Beam),
                   {ok, {module(File), erts_internal:module_md5(Bytes)}}
           end).

%%% Files

open(Bytes) when is_binary(Bytes) -> opened(Bytes, Bytes);
open(Name) when is_atom(Name) -> open(atom_to_list(Name));
open(Name) when is_list(Name) ->
    case filename:extension(Name) =:= ".erl" andalso transom_source:with_forms(Name) of
        {ok, Bytes} -> opened(Name, Bytes);
        {error, Reason} -> fail({file_error, Name, Reason});
        false -> open_code(Name)
    end.

open_code(Name) ->
    File = case filename:extension(Name) of
               ".tbc" -> Name;
               ".beam" -> filename:rootname(Name) ++ code:objfile_extension();
               _ -> Name ++ code:objfile_extension()
           end,
    case file:read_file(File) of
        {ok, Bytes} -> opened(File, Bytes);
        {error, Reason} -> fail({file_error, File, Reason})
    end.

opened(Name, Bytes) ->
    case erts_internal:module_tables(Bytes) of
        undefined -> fail({not_a_beam_file, Name});
        Tables -> #file{name = Name, bytes = Bytes, tables = Tables}
    end.

module(#file{tables = T}) -> element(1, T).

%% [{Id, Position, Data}]
raw(Bytes) -> raw(Bytes, ?HEADER).

raw(Bytes, At) ->
    case Bytes of
        <<_:At/binary, Id:4/binary, Size:32/little, Data:Size/binary, _/binary>> ->
            [{binary_to_list(Id), At + 8, Data} | raw(Bytes, At + 8 + Size)];
        _ -> []
    end.

fail(Reason) -> throw({error, ?MODULE, Reason}).

answer(Work) ->
    try Work()
    catch throw:{error, ?MODULE, _} = Error -> Error
    end.

%%% Comparing

cmp(Beam1, Beam2) ->
    answer(fun() ->
                   different(open(Beam1), open(Beam2)),
                   ok
           end).

different(#file{bytes = B1} = F1, #file{bytes = B2} = F2) ->
    module(F1) =:= module(F2) orelse fail({modules_different, module(F1), module(F2)}),
    {C1, C2} = {compared(B1), compared(B2)},
    [I || {I, _} <- C1] =:= [I || {I, _} <- C2] orelse fail(different_chunks),
    [D1 =:= D2 orelse fail({chunks_different, I}) || {{I, D1}, {_, D2}} <- lists:zip(C1, C2)].

%% Where it was compiled and how makes no difference.
compared(Bytes) -> [{Id, Data} || {Id, _, Data} <- raw(Bytes), Id =/= "CINF", Id =/= "PATH"].

cmp_dirs(Dir1, Dir2) ->
    answer(fun() ->
                   {Only1, Only2, Both} = by_name(Dir1, Dir2),
                   {Only1, Only2, [{F1, F2} || {F1, F2} <- Both, cmp(F1, F2) =/= ok]}
           end).

diff_dirs(Dir1, Dir2) ->
    answer(fun() ->
                   {Only1, Only2, Both} = by_name(Dir1, Dir2),
                   [io:format("Only in ~ts: ~tp~n", [Dir, Only]) || {Dir, Only} <- [{Dir1, Only1}, {Dir2, Only2}], Only =/= []],
                   [io:format("** different: ~tp~n", [Pair]) || {F1, F2} = Pair <- Both, cmp(F1, F2) =/= ok],
                   ok
           end).

by_name(Dir1, Dir2) ->
    {L1, L2} = {files(Dir1), files(Dir2)},
    {[F || {N, F} <- L1, not lists:keymember(N, 1, L2)], [F || {N, F} <- L2, not lists:keymember(N, 1, L1)],
     [{F1, F2} || {N, F1} <- L1, {M, F2} <- L2, N =:= M]}.

files(Dir) ->
    filelib:is_dir(Dir) orelse fail({not_a_directory, Dir}),
    [{N, filename:join(Dir, N)} || N <- lists:sort(filelib:wildcard("*" ++ code:objfile_extension(), Dir))].

%%% Stripping

strip(Beam) -> strip(Beam, []).

strip(Beam, Kept) ->
    answer(fun() ->
                   File = open(Beam),
                   Bytes = stripped(File, Kept),
                   case is_binary(Beam) of
                       true -> {ok, {module(File), Bytes}};
                       false -> written(File, Bytes)
                   end
           end).

written(#file{name = Name} = File, Bytes) ->
    case file:write_file(Name, Bytes) of
        ok -> {ok, {module(File), filename:rootname(Name)}};
        {error, Reason} -> fail({file_error, Name, Reason})
    end.

%% "Dbgi" and "Docs" name what holds them here.
stripped(#file{bytes = Bytes}, Kept0) ->
    Kept = [own(Id) || Id <- Kept0],
    Chunks = [case lists:member(Id, ?SIGNIFICANT ++ Kept) of
                  true -> {Id, Data};
                  false -> {Id, empty()}
              end || {Id, _, Data} <- raw(Bytes), lists:member(Id, ?SIGNIFICANT ++ ?EMPTIED ++ Kept)],
    {ok, New} = build_module(Chunks),
    New.

own("Dbgi") -> "XTRA";
own("Docs") -> "DOCS";
own("Attr") -> "ATTR";
own("CInf") -> "CINF";
own(Id) -> Id.

%% The constant [].
empty() -> <<0>>.

strip_files(Files) -> strip_files(Files, []).

strip_files(Files, Kept) -> answer(fun() -> {ok, [whole(strip(F, Kept)) || F <- Files]} end).

whole({ok, Stripped}) -> Stripped;
whole({error, ?MODULE, Reason}) -> fail(Reason).

strip_release(Root) -> strip_release(Root, []).

strip_release(Root, Kept) ->
    answer(fun() ->
                   Dir = root(Root),
                   filelib:is_dir(Dir) orelse fail({not_a_directory, Root}),
                   whole_list(strip_files(filelib:wildcard(filename:join([Dir, "lib", "*", "ebin", "*" ++ code:objfile_extension()])), Kept))
           end).

root(Root) when is_atom(Root) -> atom_to_list(Root);
root(Root) -> Root.

whole_list({ok, _} = Ok) -> Ok;
whole_list({error, ?MODULE, Reason}) -> fail(Reason).

%%% Keys. Nothing is encrypted in our files; who installs a fun gets it asked by get_crypto_key/1.

crypto_key_fun(Fun) when is_function(Fun, 1) ->
    case persistent_term:get({?MODULE, key}, none) of
        none ->
            try Fun(init) of
                ok -> keep(Fun);
                {ok, Other} when is_function(Other, 1) -> keep(Other);
                {error, Reason} -> {error, Reason};
                Other -> {error, Other}
            catch
                exit:Reason -> {error, Reason};
                error:Reason -> {error, Reason};
                throw:Thrown -> {error, Thrown}
            end;
        _ -> {error, exists}
    end;
crypto_key_fun(_) -> {error, badfun}.

keep(Fun) -> persistent_term:put({?MODULE, key}, Fun).

clear_crypto_key_fun() ->
    case persistent_term:get({?MODULE, key}, none) of
        none -> undefined;
        Fun ->
            persistent_term:erase({?MODULE, key}),
            {ok, try Fun(clear)
                 catch _:Reason -> Reason
                 end}
    end.

get_crypto_key(What) ->
    case persistent_term:get({?MODULE, key}, none) of
        none -> error;
        Fun ->
            try Fun(What)
            catch _:Reason -> {error, Reason}
            end
    end.

%% Three keys and a start from a text, by MD5.
make_crypto_key(des3_cbc = Type, Text) ->
    <<K1:8/binary, K2:8/binary>> = First = erlang:md5(Text),
    <<K3:8/binary, Start:8/binary>> = erlang:md5([First | lists:reverse(Text)]),
    {Type, [K1, K2, K3], Start, 8}.

%%% Errors in words

format_error({error, ?MODULE, Error}) -> format_error(Error);
format_error({error, Module, Error}) -> Module:format_error(Error);
format_error({error, Error}) -> format_error(Error);
format_error({unknown_chunk, File, Name}) -> io_lib:format("~tp: Cannot find chunk ~p~n", [File, Name]);
format_error({invalid_chunk, File, Id}) -> io_lib:format("~tp: Invalid contents of chunk ~p~n", [File, Id]);
format_error({not_a_beam_file, File}) -> io_lib:format("~tp: Not a BEAM file~n", [File]);
format_error({file_error, File, Reason}) -> io_lib:format("~tp: ~tp~n", [File, file:format_error(Reason)]);
format_error({missing_chunk, File, Id}) -> io_lib:format("~tp: Not a BEAM file: no IFF \"~s\" chunk~n", [File, Id]);
format_error({invalid_beam_file, File, Position}) ->
    io_lib:format("~tp: Invalid format of BEAM file near byte number ~p~n", [File, Position]);
format_error({chunk_too_big, File, Id, Size, Length}) ->
    io_lib:format("~tp: Size of chunk \"~s\" is ~p bytes, but only ~p bytes could be read~n", [File, Id, Size, Length]);
format_error({chunks_different, Id}) -> io_lib:format("Chunk \"~s\" differs in the two files~n", [Id]);
format_error(different_chunks) -> "The two files have different chunks\n";
format_error({modules_different, M1, M2}) -> io_lib:format("Module names ~p and ~p differ in the two files~n", [M1, M2]);
format_error({not_a_directory, Name}) -> io_lib:format("~tp: Not a directory~n", [Name]);
format_error({key_missing_or_invalid, File, abstract_code}) ->
    io_lib:format("~tp: Cannot decrypt abstract_code because key is missing or invalid", [File]);
format_error({missing_backend, File, Backend}) ->
    io_lib:format("~tp: Cannot retrieve abstract code because the backend ~p is missing", [File, Backend]);
format_error(badfun) -> "not a fun or the fun has the wrong arity";
format_error(exists) -> "a fun has already been installed";
format_error(Other) -> io_lib:format("~tp~n", [Other]).

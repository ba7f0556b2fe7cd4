%% ZIP archives in files and in memory (format: APPNOTE of PKWARE; files stored or deflated, 64-bit sizes and counts where 32 and 16 bits
%% are too few; no parts, no encryption).
%%
%%   { local header | name | bytes } of each file, { central header | name | extra | comment } of each file,
%%   [ 64-bit end record, its locator ], end record | comment
%%
%% An archive is read through its central headers, whatever stands before the first file (the head of a script does).
-module(zip).

-export([create/2, create/3, zip/2, zip/3, extract/1, extract/2, unzip/1, unzip/2, list_dir/1, list_dir/2, table/1, table/2, t/1, tt/1, foldl/3]).
-export([zip_open/1, zip_open/2, zip_get/1, zip_get/2, zip_list_dir/1, zip_t/1, zip_tt/1, zip_close/1]).
-export_type([create_option/0, filename/0, handle/0]).

-include_lib("kernel/include/file.hrl").
-include_lib("stdlib/include/zip.hrl").

-type filename() :: file:filename().
-type extension() :: string().
-type what() :: all | [extension()] | {add, [extension()]} | {del, [extension()]}.
-type create_option() :: memory | cooked | verbose | {comment, string()} | {cwd, file:filename()} | {compress, what()} | {uncompress, what()}.
-type file_spec() :: file:name() | {file:name(), binary()} | {file:name(), binary(), file:file_info()}.
-opaque handle() :: pid().

-define(LOCAL, 16#04034b50).
-define(CENTRAL, 16#02014b50).
-define(END, 16#06054b50).
-define(END_64, 16#06064b50).
-define(LOCATOR_64, 16#07064b50).
%% In a field of 32 or 16 bits: the value has 64 and stands in the extra field, or in the 64-bit end record.
-define(WIDE, 16#ffffffff).
-define(MANY, 16#ffff).
%% Names are UTF-8.
-define(UTF8, 16#800).
%% The end record stands in the last bytes: it and a comment of at most 16 bits.
-define(LAST, 22 + 65535).
%% What is compressed already.
-define(COMPRESSED, [".Z", ".zip", ".zoo", ".arc", ".lzh", ".arj"]).

-record(making, {memory = false, verbose = false, cwd = "", comment = <<>>, compress = all, uncompress = ?COMPRESSED}).
-record(taking, {memory = false, verbose = false, keep = false, cwd = "", files = all, filter = fun(_) -> true end, directories = true}).

%%% Making

-spec create(file:name(), [file_spec()]) -> {ok, file:filename()} | {error, term()}.
create(Name, Specs) -> create(Name, Specs, []).

-spec create(file:name(), [file_spec()], [create_option()]) -> {ok, file:filename()} | {ok, {file:filename(), binary()}} | {error, term()}.
create(Name, Specs, Options) ->
    answer(fun() ->
                   Making = lists:foldl(fun making/2, #making{}, Options),
                   Files = lists:append([gathered(S, Making) || S <- Specs]),
                   Bytes = archive(Files, Making),
                   case Making of
                       #making{memory = true} -> {ok, {Name, Bytes}};
                       _ ->
                           must(file:write_file(Name, Bytes)),
                           {ok, Name}
                   end
           end).

zip(Name, Specs) -> create(Name, Specs).
zip(Name, Specs, Options) -> create(Name, Specs, Options).

making(memory, M) -> M#making{memory = true};
making(cooked, M) -> M;
making(verbose, M) -> M#making{verbose = true};
making({comment, Text}, M) -> M#making{comment = unicode:characters_to_binary(Text)};
making({cwd, Dir}, M) -> M#making{cwd = Dir};
making({compress, What}, #making{compress = Old} = M) -> M#making{compress = extensions(What, Old)};
making({uncompress, What}, #making{uncompress = Old} = M) -> M#making{uncompress = extensions(What, Old)};
making(Other, _) -> fail({bad_option, Other}).

extensions(all, _) -> all;
extensions({add, _}, all) -> all;
extensions({add, New}, Old) -> Old ++ New;
extensions({del, _}, all) -> all;
extensions({del, Gone}, Old) -> Old -- Gone;
extensions(New, _) when is_list(New) -> New;
extensions(Other, _) -> fail({bad_option, Other}).

%% Each file of a specification: its name in the archive, its bytes, its information. A directory comes with all below it.
gathered({Name, Bytes}, _) when is_list(Name), is_binary(Bytes) ->
    Now = calendar:local_time(),
    [{Name, Bytes, #file_info{size = byte_size(Bytes), type = regular, access = read_write, atime = Now, mtime = Now, ctime = Now, mode = 8#644}}];
gathered({Name, Bytes, #file_info{} = Info}, _) when is_list(Name), is_binary(Bytes) -> [{Name, Bytes, Info}];
gathered(Name, #making{cwd = Cwd} = Making) when is_list(Name) ->
    Path = below(Cwd, Name),
    case must(file:read_file_info(Path)) of
        #file_info{type = directory} = Info ->
            Inside = [filename:join(Name, F) || F <- lists:sort(must(file:list_dir(Path)))],
            [{string:trim(Name, trailing, "/") ++ "/", <<>>, Info} | lists:append([gathered(F, Making) || F <- Inside])];
        Info -> [{Name, must(file:read_file(Path)), Info}]
    end;
gathered(_, _) -> fail(einval).

below("", Name) -> Name;
below(Cwd, Name) -> filename:join(Cwd, Name).

archive(Files, Making) ->
    {Locals, Centrals, Offset} = lists:foldl(fun(F, Done) -> add(F, Done, Making) end, {[], [], 0}, Files),
    Central = iolist_to_binary(lists:reverse(Centrals)),
    Count = length(Files),
    #making{comment = Comment} = Making,
    case byte_size(Comment) < 16#10000 of
        true -> iolist_to_binary([lists:reverse(Locals), Central, ends(Count, byte_size(Central), Offset), <<(byte_size(Comment)):16/little>>, Comment]);
        false -> fail(too_large)
    end.

ends(Count, Size, Offset) ->
    [case Count >= ?MANY orelse Size >= ?WIDE orelse Offset >= ?WIDE of
         true ->
             <<?END_64:32/little, 44:64/little, 45, 3, 45:16/little, 0:64, Count:64/little, Count:64/little, Size:64/little, Offset:64/little,
               ?LOCATOR_64:32/little, 0:32, (Offset + Size):64/little, 1:32/little>>;
         false -> <<>>
     end,
     <<?END:32/little, 0:32, (min(Count, ?MANY)):16/little, (min(Count, ?MANY)):16/little, (min(Size, ?WIDE)):32/little, (min(Offset, ?WIDE)):32/little>>].

add({Name, Bytes, #file_info{mtime = Time, type = Type, mode = Mode}}, {Locals, Centrals, Offset}, Making) ->
    noted(Making#making.verbose, "adding", Name),
    Encoded = unicode:characters_to_binary(Name),
    {Method, Data} = packed(Name, Bytes, Type, Making),
    Flags = case byte_size(Encoded) =:= length(Name) of true -> 0; false -> ?UTF8 end,
    {Date, Clock} = dos(Time),
    {Packed, Size} = {byte_size(Data), byte_size(Bytes)},
    Wide = Packed >= ?WIDE orelse Size >= ?WIDE,
    %% The local header has both sizes in its extra field or none, the central one those that do not fit.
    LocalExtra = case Wide of true -> extra([Size, Packed]); false -> <<>> end,
    CentralExtra = extra([N || N <- [Size, Packed, Offset], N >= ?WIDE]),
    Common = fun(P, S, Extra) ->
        <<(case Extra of <<>> -> 20; _ -> 45 end):16/little, Flags:16/little, Method:16/little, Clock:16/little, Date:16/little, (erlang:crc32(Bytes)):32/little,
          (min(P, ?WIDE)):32/little, (min(S, ?WIDE)):32/little, (byte_size(Encoded)):16/little, (byte_size(Extra)):16/little>>
    end,
    Local = [<<?LOCAL:32/little>>, case Wide of true -> Common(?WIDE, ?WIDE, LocalExtra); false -> Common(Packed, Size, <<>>) end, Encoded, LocalExtra, Data],
    %% Made on Unix (3): the upper half of the attributes are the mode's bits. The lower half is DOS's, where 16 is a directory.
    Kind = case Type of directory -> 8#040000; _ -> 8#100000 end,
    Dos = case Type of directory -> 16; _ -> 0 end,
    Central = [<<?CENTRAL:32/little, 20, 3>>, Common(Packed, Size, CentralExtra),
               <<0:16, 0:16, 0:16, Dos:16/little, ((mode(Mode) band 8#7777) bor Kind):16/little, (min(Offset, ?WIDE)):32/little>>, Encoded, CentralExtra],
    {[Local | Locals], [Central | Centrals], Offset + iolist_size(Local)}.

extra([]) -> <<>>;
extra(Numbers) -> <<1:16/little, (8 * length(Numbers)):16/little, << <<N:64/little>> || N <- Numbers >>/binary>>.

mode(Mode) when is_integer(Mode) -> Mode;
mode(_) -> 8#644.

packed(_, Bytes, directory, _) -> {0, Bytes};
packed(Name, Bytes, _, #making{compress = Compress, uncompress = Uncompress}) ->
    Extension = filename:extension(Name),
    Data = case listed(Extension, Compress) andalso not listed(Extension, Uncompress) of
               true -> zlib:zip(Bytes);
               false -> Bytes
           end,
    case byte_size(Data) < byte_size(Bytes) of
        true -> {8, Data};
        false -> {0, Bytes}
    end.

listed(_, all) -> true;
listed(Extension, List) -> lists:member(Extension, List).

%% Date and time as DOS had them: years from 1980 on, two seconds apart.
dos({{Y, Mo, D}, {H, Mi, S}}) when Y >= 1980, Y < 2108 -> {((Y - 1980) bsl 9) bor (Mo bsl 5) bor D, (H bsl 11) bor (Mi bsl 5) bor (S div 2)};
dos(_) -> {(1 bsl 5) bor 1, 0}.

from_dos(Date, Clock) ->
    {{(Date bsr 9) + 1980, (Date bsr 5) band 15, Date band 31}, {Clock bsr 11, (Clock bsr 5) band 63, (Clock band 31) * 2}}.

%%% Reading

-spec list_dir(file:name() | binary()) -> {ok, [#zip_comment{} | #zip_file{}]} | {error, term()}.
list_dir(Archive) -> list_dir(Archive, []).

list_dir(Archive, Options) ->
    answer(fun() ->
                   [fail({bad_option, O}) || O <- Options, O =/= cooked],
                   {Comment, Files} = directory(bytes(Archive)),
                   {ok, [Comment | Files]}
           end).

table(Archive) -> list_dir(Archive).
table(Archive, Options) -> list_dir(Archive, Options).

%% Names, one a line.
t(Archive) -> shown(Archive, fun(#zip_file{name = Name}) -> io:format("~ts\n", [Name]) end).

%% Sizes, times and names.
tt(Archive) -> shown(Archive, fun long/1).

shown(Archive, Show) ->
    answer(fun() ->
                   {_, Files} = directory(opened(Archive)),
                   lists:foreach(Show, Files)
           end).

opened(Handle) when is_pid(Handle) -> request(Handle, bytes);
opened(Archive) -> bytes(Archive).

long(#zip_file{name = Name, comp_size = Packed, info = #file_info{size = Size, mtime = {{Y, Mo, D}, {H, Mi, _}}}}) ->
    Month = element(max(1, min(12, Mo)), {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}),
    Ratio = case Size of
                N when N > Packed -> io_lib:format("~2w%", [Packed * 100 div N]);
                _ -> "**%"
            end,
    io:format("~8w ~s ~2w ~2..0w:~2..0w ~w ~8w ~s ~ts \n", [Packed, Month, D, H, Mi, Y, Size, Ratio, Name]).

-spec extract(file:name() | binary()) -> {ok, [file:name()]} | {error, term()}.
extract(Archive) -> extract(Archive, []).

-spec extract(file:name() | binary(), [term()]) -> {ok, [file:name() | {file:name(), binary()}]} | {error, term()}.
extract(Archive, Options) ->
    answer(fun() ->
                   Taking = lists:foldl(fun taking/2, #taking{}, Options),
                   Bytes = bytes(Archive),
                   {_, Files} = directory(Bytes),
                   {ok, lists:append([take(F, Bytes, Taking) || F <- Files, wanted(F, Taking)])}
           end).

unzip(Archive) -> extract(Archive).
unzip(Archive, Options) -> extract(Archive, Options).

taking(memory, T) -> T#taking{memory = true};
taking(cooked, T) -> T;
taking(verbose, T) -> T#taking{verbose = true};
taking(keep_old_files, T) -> T#taking{keep = true};
taking(skip_directories, T) -> T#taking{directories = false};
taking({cwd, Dir}, T) -> T#taking{cwd = Dir};
taking({file_list, Names}, T) when is_list(Names) -> T#taking{files = Names};
taking({file_filter, Filter}, T) when is_function(Filter, 1) -> T#taking{filter = Filter};
taking(Other, _) -> fail({bad_option, Other}).

wanted(#zip_file{name = Name} = File, #taking{files = Files, filter = Filter}) ->
    (Files =:= all orelse lists:member(Name, Files)) andalso Filter(File).

%% What one file adds to the answer. Directories are made and not counted.
take(#zip_file{name = Name, info = Info} = File, Archive, #taking{memory = Memory, cwd = Cwd} = Taking) ->
    Path = below(Cwd, inside(Name)),
    case {lists:last([$x | Name]), Memory} of
        {$/, true} -> [];
        {$/, false} when Taking#taking.directories ->
            must(filelib:ensure_dir(filename:join(Path, "x"))),
            [];
        {$/, false} -> [];
        {_, _} ->
            case Taking#taking.keep andalso filelib:is_file(Path) of
                true -> [];
                false when Memory -> [{Path, content(File, Archive)}];
                false ->
                    noted(Taking#taking.verbose, "extracting", Name),
                    must(filelib:ensure_dir(Path)),
                    must(file:write_file(Path, content(File, Archive))),
                    #file_info{mode = Mode, mtime = Time} = Info,
                    must(file:write_file_info(Path, #file_info{mode = Mode, mtime = Time})),
                    [Path]
            end
    end.

%% A name that would lead out of the directory is taken for one inside it.
inside("/" ++ Name) ->
    error_logger:error_msg("Illegal absolute path: ~ts, converting to ~ts~n", [[$/ | Name], Name]),
    inside(Name);
inside(Name) ->
    case safe(filename:split(Name), []) of
        {ok, _} -> Name;
        {leads_out, Parts} ->
            error_logger:error_msg("Illegal path: ~ts, extracting in ./~n", [Name]),
            filename:join(Parts ++ [lists:last(filename:split(Name))])
    end.

safe([".." | _], _) -> {leads_out, []};
safe([_ | Rest], Done) -> safe(Rest, Done);
safe([], _) -> {ok, []}.

-spec foldl(fun((string(), fun(() -> file:file_info()), fun(() -> binary()), Acc) -> Acc), Acc, file:name() | {file:name(), binary()}) ->
          {ok, Acc} | {error, term()}.
foldl(Fun, Acc, Archive) when is_function(Fun, 4) ->
    Bytes = case Archive of
                {_, Content} when is_binary(Content) -> Content;
                _ -> Archive
            end,
    answer(fun() ->
                   All = bytes(Bytes),
                   {_, Files} = directory(All),
                   Each = fun(#zip_file{name = Name, info = Info} = File, A) -> Fun(Name, fun() -> Info end, fun() -> content(File, All) end, A) end,
                   {ok, lists:foldl(Each, Acc, Files)}
           end);
foldl(_, _, _) -> {error, einval}.

%%% The format

bytes(Archive) when is_binary(Archive) -> Archive;
bytes(Name) when is_list(Name) -> must(file:read_file(Name));
bytes(_) -> fail(einval).

%% The comment and the files.
directory(Archive) ->
    {Record, At} = end_record(Archive),
    <<_:32, _:16, _:16, _:16, Count0:16/little, Size0:32/little, Offset0:32/little, Long:16/little, Comment:Long/binary, _/binary>> = Record,
    {Count, Size, Offset, Before} = case Count0 =:= ?MANY orelse Size0 =:= ?WIDE orelse Offset0 =:= ?WIDE of
        true -> wide_end(Archive, At, {Count0, Size0, Offset0, At});
        false -> {Count0, Size0, Offset0, At}
    end,
    %% What stands before the archive (the head of a script) moves all its offsets.
    Moved = Before - Size - Offset,
    case Moved >= 0 andalso Size =< Before of
        true -> {#zip_comment{comment = decoded(Comment)}, files(binary:part(Archive, Before - Size, Size), Count, Moved)};
        false -> fail(bad_central_directory)
    end.

%% The 64-bit end record, where its locator says or, with something before the archive, right before the locator; without a locator the
%% numbers are what they look like.
wide_end(Archive, End, Narrow) ->
    Locator = End - 20,
    case Archive of
        <<_:Locator/binary, ?LOCATOR_64:32/little, _:32, Said:64/little, _/binary>> ->
            case [Found || At <- [Said, Locator - 56], At >= 0, At < Locator, {_, _, _, _} = Found <- [wide_record(Archive, At)]] of
                [Found | _] -> Found;
                [] -> fail(bad_eocd)
            end;
        _ -> Narrow
    end.

wide_record(Archive, At) ->
    case Archive of
        <<_:At/binary, ?END_64:32/little, _:64, _:16, _:16, _:32, _:32, _:64, Count:64/little, Size:64/little, Offset:64/little, _/binary>> ->
            {Count, Size, Offset, At};
        _ -> none
    end.

end_record(Archive) when byte_size(Archive) >= 22 ->
    Window = min(byte_size(Archive), ?LAST),
    Start = byte_size(Archive) - Window,
    Places = binary:matches(Archive, <<?END:32/little>>, [{scope, {Start, Window}}]),
    case [At || {At, _} <- lists:reverse(Places), complete(Archive, At)] of
        [At | _] -> {binary:part(Archive, At, byte_size(Archive) - At), At};
        [] -> fail(bad_eocd)
    end;
end_record(_) -> fail(bad_eocd).

complete(Archive, At) ->
    case Archive of
        <<_:At/binary, _:20/binary, Long:16/little, Rest/binary>> -> byte_size(Rest) >= Long;
        _ -> false
    end.

files(_, 0, _) -> [];
files(<<?CENTRAL:32/little, _, System, _:16, Flags:16/little, _:16, Clock:16/little, Date:16/little, _:32, Packed0:32/little, Size0:32/little,
        NameLong:16/little, ExtraLong:16/little, CommentLong:16/little, _:16, _:16, Dos:16/little, Mode:16/little, Offset0:32/little,
        Name:NameLong/binary, Extra:ExtraLong/binary, Comment:CommentLong/binary, Rest/binary>>, Count, Moved) when Flags band 1 =:= 0 ->
    [Size, Packed, Offset] = widened([Size0, Packed0, Offset0], Extra),
    Time = from_dos(Date, Clock),
    File = decoded(Name),
    Type = case lists:last([$x | File]) =:= $/ orelse (System =:= 0 andalso Dos band 16 =/= 0) of
               true -> directory;
               false -> regular
           end,
    Info = #file_info{size = Size, type = Type, access = read_write, atime = Time, mtime = Time, ctime = Time,
                      mode = unix_mode(System, Mode, Type), links = 1, major_device = 0, minor_device = 0, inode = 0, uid = 0, gid = 0},
    [#zip_file{name = File, info = Info, comment = decoded(Comment), offset = Offset + Moved, comp_size = Packed} | files(Rest, Count - 1, Moved)];
files(<<?CENTRAL:32/little, _:4/binary, Flags:16/little, _/binary>>, _, _) when Flags band 1 =:= 1 -> fail(encrypted);
files(_, _, _) -> fail(bad_central_directory).

%% Numbers that do not fit are in the extra field, in this order.
widened(Numbers, <<1:16/little, Long:16/little, Wide:Long/binary, _/binary>>) -> replaced(Numbers, Wide);
widened(Numbers, <<_:16, Long:16/little, _:Long/binary, Rest/binary>>) -> widened(Numbers, Rest);
widened(Numbers, _) -> Numbers.

replaced([?WIDE | Rest], <<N:64/little, Wide/binary>>) -> [N | replaced(Rest, Wide)];
replaced([N | Rest], Wide) -> [N | replaced(Rest, Wide)];
replaced([], _) -> [].

unix_mode(3, Mode, _) when Mode band 8#777 =/= 0 -> Mode band 8#777;
unix_mode(_, _, directory) -> 8#755;
unix_mode(_, _, regular) -> 8#644.

%% UTF-8, as what is ASCII is; otherwise bytes.
decoded(Bytes) ->
    case unicode:characters_to_list(Bytes) of
        Text when is_list(Text) -> Text;
        _ -> binary_to_list(Bytes)
    end.

content(#zip_file{name = Name, offset = Offset, comp_size = Packed, info = #file_info{size = Size}}, Archive) ->
    case Archive of
        <<_:Offset/binary, ?LOCAL:32/little, _:16, Flags:16/little, Method:16/little, _:16, _:16, Crc:32/little, _:32, _:32, NameLong:16/little,
          ExtraLong:16/little, _:NameLong/binary, _:ExtraLong/binary, Data:Packed/binary, _/binary>> ->
            Bytes = unpacked(Method, Data, Size, Name),
            %% Written as a stream, the sum stands behind the bytes; the central header has it too, and the size was right.
            case Flags band 8 =/= 0 orelse erlang:crc32(Bytes) =:= Crc of
                true -> Bytes;
                false -> fail({bad_crc, Name})
            end;
        _ -> fail(bad_local_file_header)
    end.

unpacked(0, Data, _, _) -> Data;
unpacked(8, Data, Size, Name) ->
    try zlib:unzip(Data) of
        Bytes when byte_size(Bytes) =:= Size -> Bytes;
        _ -> fail({bad_crc, Name})
    catch
        error:_ -> fail({bad_file, Name})
    end;
unpacked(_, _, _, Name) -> fail({unknown_compression, Name}).

%%% Open archives: a process holds the bytes

-spec zip_open(file:name() | binary()) -> {ok, handle()} | {error, term()}.
zip_open(Archive) -> zip_open(Archive, []).

zip_open(Archive, Options) ->
    answer(fun() ->
                   Taking = lists:foldl(fun taking/2, #taking{}, Options),
                   Bytes = bytes(Archive),
                   Directory = directory(Bytes),
                   Owner = self(),
                   {ok, spawn(fun() -> holder(erlang:monitor(process, Owner), Bytes, Directory, Taking) end)}
           end).

holder(Owner, Bytes, {Comment, Files} = Directory, Taking) ->
    receive
        {'DOWN', Owner, process, _, _} -> ok;
        {From, Alias, close} -> From ! {Alias, ok};
        {From, Alias, Request} ->
            From ! {Alias, case Request of
                               list -> {ok, [Comment | Files]};
                               bytes -> {ok, Bytes};
                               all -> answer(fun() -> {ok, lists:append([take(F, Bytes, Taking) || F <- Files])} end);
                               {get, Name} -> answer(fun() -> one(lists:keyfind(Name, #zip_file.name, Files), Bytes, Taking) end)
                           end},
            holder(Owner, Bytes, Directory, Taking)
    end.

one(false, _, _) -> fail(file_not_found);
one(File, Bytes, Taking) ->
    case take(File, Bytes, Taking) of
        [Taken] -> {ok, Taken};
        [] -> {ok, File#zip_file.name}
    end.

ask(Handle, Request) ->
    Alias = erlang:monitor(process, Handle, [{alias, reply_demonitor}]),
    Handle ! {Alias, Alias, Request},
    receive
        {Alias, Answer} -> Answer;
        {'DOWN', Alias, process, _, _} -> {error, einval}
    end.

request(Handle, Request) -> must(ask(Handle, Request)).

-spec zip_get(handle()) -> {ok, [term()]} | {error, term()}.
zip_get(Handle) when is_pid(Handle) -> ask(Handle, all).

-spec zip_get(file:name(), handle()) -> {ok, term()} | {error, term()}.
zip_get(Name, Handle) when is_pid(Handle) -> ask(Handle, {get, Name}).

zip_list_dir(Handle) when is_pid(Handle) -> ask(Handle, list).
zip_t(Handle) when is_pid(Handle) -> t(Handle).
zip_tt(Handle) when is_pid(Handle) -> tt(Handle).

-spec zip_close(handle()) -> ok | {error, einval}.
zip_close(Handle) when is_pid(Handle) -> ask(Handle, close).

%%% Failing

answer(Work) -> try Work() catch throw:{?MODULE, Why} -> {error, Why} end.

-spec fail(term()) -> no_return().
fail(Why) -> throw({?MODULE, Why}).

must(ok) -> ok;
must({ok, Value}) -> Value;
must({error, Why}) -> fail(Why).

noted(true, What, Name) -> io:format("~s: ~tp~n", [What, Name]);
noted(false, _, _) -> ok.

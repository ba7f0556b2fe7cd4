%% Files. A raw file is a handle of the primitives; any other is a process that speaks the I/O protocol (file_io_server) and ends with its owner.
-module(file).
-export([open/2, close/1, read/2, read_line/1, write/2, pread/2, pread/3, pwrite/2, pwrite/3, position/2, truncate/1, sync/1, datasync/1, advise/4, allocate/3,
         sendfile/2, sendfile/5]).
-export([read_file/1, read_file/2, write_file/2, write_file/3, copy/2, copy/3, delete/1, delete/2, rename/2, del_dir/1, del_dir_r/1, make_dir/1]).
-export([list_dir/1, list_dir_all/1, read_file_info/1, read_file_info/2, read_link_info/1, read_link_info/2, write_file_info/2, write_file_info/3]).
-export([read_link/1, read_link_all/1, make_link/2, make_symlink/2, get_cwd/0, get_cwd/1, set_cwd/1, change_mode/2, change_owner/2, change_owner/3, change_group/2,
         change_time/2, change_time/3]).
-export([consult/1, path_consult/2, path_eval/2, path_eval/3, altname/1, path_script/2, path_script/3, eval/1, eval/2, script/1, script/2, path_open/3, format_error/1, native_name_encoding/0, pid2name/1, raw_read_file_info/1]).

-type date_time() :: calendar:datetime().
-export_type([date_time/0]).

-include_lib("kernel/include/file.hrl").

-define(CHUNK, 65536).

%%% Names: atoms, strings and deep lists of them, binaries

name(N) when is_binary(N) -> N;
name(N) when is_atom(N) -> atom_to_list(N);
name(N) when is_list(N) ->
    try flat(N)
    catch _:_ -> {error, badarg}
    end;
name(_) -> {error, badarg}.

flat([C | T]) when is_integer(C) -> [C | flat(T)];
flat([L | T]) when is_list(L) -> flat(L) ++ flat(T);
flat([A | T]) when is_atom(A) -> atom_to_list(A) ++ flat(T);
flat([]) -> [].

with_name(Name0, Fun) ->
    case name(Name0) of
        {error, _} = Error -> Error;
        Name ->
            try Fun(Name)
            catch error:badarg -> {error, badarg}
            end
    end.

%%% Whole files and directories

read_file(Name) -> with_name(Name, fun prim_file:read_file/1).
read_file(Name, _Opts) -> read_file(Name).

write_file(Name, Bytes) -> write_file(Name, Bytes, []).

write_file(Name, Bytes, Modes) ->
    try iolist_to_binary(Bytes) of
        Bin when Modes =:= [] -> with_name(Name, fun(N) -> prim_file:write_file(N, Bin) end);
        Bin ->
            case open(Name, [write, raw, binary | Modes]) of
                {ok, Fd} ->
                    Result = write(Fd, Bin),
                    case close(Fd) of
                        ok -> Result;
                        Error -> Error
                    end;
                Error -> Error
            end
    catch
        error:_ -> {error, badarg}
    end.

delete(Name) -> with_name(Name, fun prim_file:del_file/1).
delete(Name, _Opts) -> delete(Name).
del_dir(Name) -> with_name(Name, fun prim_file:del_dir/1).
make_dir(Name) -> with_name(Name, fun prim_file:make_dir/1).
rename(From, To) -> with_name(From, fun(F) -> with_name(To, fun(T) -> prim_file:rename(F, T) end) end).
make_link(Old, New) -> with_name(Old, fun(O) -> with_name(New, fun(N) -> prim_file:make_link(O, N) end) end).
make_symlink(Old, New) -> with_name(Old, fun(O) -> with_name(New, fun(N) -> prim_file:make_symlink(O, N) end) end).
%% A name that is no text is a binary, which only the functions for all names answer.
read_link(Name) ->
    case read_link_all(Name) of
        {ok, Raw} when is_binary(Raw) -> {error, einval};
        Other -> Other
    end.
read_link_all(Name) -> with_name(Name, fun prim_file:read_link/1).
list_dir(Name) ->
    case list_dir_all(Name) of
        {ok, Names} -> {ok, [N || N <- Names, is_list(N)]};
        Error -> Error
    end.
list_dir_all(Name) -> with_name(Name, fun prim_file:list_dir/1).
get_cwd() -> prim_file:get_cwd().
get_cwd(Drive) when is_list(Drive) -> {error, enotsup};
get_cwd(_) -> {error, einval}.
set_cwd(Dir) -> with_name(Dir, fun prim_file:set_cwd/1).
native_name_encoding() -> utf8.

del_dir_r(Name) ->
    case read_link_info(Name) of
        {ok, #file_info{type = directory}} ->
            case list_dir_all(Name) of
                {ok, Entries} ->
                    Results = [del_dir_r(filename:join(Name, E)) || E <- Entries],
                    case [E || {error, _} = E <- Results] of
                        [] -> del_dir(Name);
                        [Error | _] -> Error
                    end;
                Error -> Error
            end;
        {ok, _} -> delete(Name);
        Error -> Error
    end.

read_file_info(Name) -> read_file_info(Name, []).
read_file_info(Name, Opts) -> info(with_name(Name, fun prim_file:read_file_info/1), time_type(Opts)).
read_link_info(Name) -> read_link_info(Name, []).
read_link_info(Name, Opts) -> info(with_name(Name, fun prim_file:read_link_info/1), time_type(Opts)).
raw_read_file_info(Name) -> read_file_info(Name).

time_type(Opts) when is_list(Opts) -> proplists:get_value(time, Opts, local);
time_type(_) -> local.

info(_, Type) when Type =/= local, Type =/= universal, Type =/= posix -> {error, badarg};
info({ok, #file_info{atime = A, mtime = M, ctime = C} = Info}, Type) ->
    {ok, Info#file_info{atime = time(A, Type), mtime = time(M, Type), ctime = time(C, Type)}};
info(Error, _) -> Error.

time(Seconds, posix) -> Seconds;
time(Seconds, universal) -> erlang:posixtime_to_universaltime(Seconds);
time(Seconds, local) -> erlang:universaltime_to_localtime(erlang:posixtime_to_universaltime(Seconds)).

%% Fields left undefined stay as they are.
write_file_info(Name, Info) -> write_file_info(Name, Info, []).

write_file_info(Name, #file_info{mode = Mode, uid = Uid, gid = Gid, atime = A, mtime = M}, Opts) ->
    Type = time_type(Opts),
    Steps = [
        fun() -> if is_integer(Mode) -> change_mode(Name, Mode); true -> ok end end,
        fun() -> owner(Name, Uid, Gid) end,
        fun() ->
            try {seconds(A, Type), seconds(M, Type)} of
                {SA, SM} -> times(Name, SA, SM)
            catch error:_ -> {error, badarg}
            end
        end
    ],
    lists:foldl(fun(Step, ok) -> Step(); (_, Error) -> Error end, ok, Steps);
write_file_info(_, _, _) -> {error, badarg}.

owner(_, undefined, undefined) -> ok;
owner(Name, Uid, Gid) when (is_integer(Uid) orelse Uid =:= undefined), (is_integer(Gid) orelse Gid =:= undefined) ->
    with_name(Name, fun(N) -> prim_file:set_owner(N, id(Uid), id(Gid)) end).

id(N) when is_integer(N) -> N;
id(_) -> -1.

times(_, undefined, undefined) -> ok;
times(Name, A, undefined) -> times(Name, A, A);
times(Name, undefined, M) -> times(Name, erlang:system_time(second), M);
times(Name, A, M) -> with_name(Name, fun(N) -> prim_file:set_times(N, A, M) end).

seconds(undefined, _) -> undefined;
seconds(S, posix) -> S;
seconds(T, universal) -> erlang:universaltime_to_posixtime(T);
seconds(T, local) -> erlang:universaltime_to_posixtime(erlang:localtime_to_universaltime(T)).

change_mode(Name, Mode) -> with_name(Name, fun(N) -> prim_file:set_mode(N, Mode) end).
change_time(Name, {{Y, Mo, D}, {H, Mi, S}} = Modified)
  when is_integer(Y), is_integer(Mo), is_integer(D), is_integer(H), is_integer(Mi), is_integer(S) ->
    write_file_info(Name, #file_info{mtime = Modified}).
change_time(Name, {{Y1, Mo1, D1}, {H1, Mi1, S1}} = Accessed, {{Y, Mo, D}, {H, Mi, S}} = Modified)
  when is_integer(Y), is_integer(Mo), is_integer(D), is_integer(H), is_integer(Mi), is_integer(S),
       is_integer(Y1), is_integer(Mo1), is_integer(D1), is_integer(H1), is_integer(Mi1), is_integer(S1) ->
    write_file_info(Name, #file_info{atime = Accessed, mtime = Modified}).
change_owner(Name, Uid, Gid) -> owner(Name, Uid, Gid).
change_owner(Name, Uid) -> owner(Name, Uid, undefined).
change_group(Name, Gid) -> owner(Name, undefined, Gid).

%%% Open files

open(Name, Mode) when Mode =:= read; Mode =:= write -> open(Name, [Mode]);
open(Name, read_write) -> open(Name, [read, write]);
open(Name, Modes) when is_list(Modes) ->
    case lists:member(ram, Modes) of
        true -> open_ram(Name, Modes);
        false -> with_name(Name, fun(N) -> open_checked(N, Modes) end)
    end;
open(_, _) -> {error, badarg}.

open_checked(Name, Modes) ->
    case lists:member(raw, Modes) of
        true -> described(prim_file:open(Name, [M || M <- Modes, is_ahead(M)] ++ primitive(Modes)), Modes);
        false -> file_io_server:start(self(), Name, Modes, primitive(Modes))
    end.

%% The name is the content.
open_ram(Content, Modes) ->
    try iolist_to_binary(Content) of
        Bin -> described(prim_file:open_memory(Bin), Modes)
    catch
        error:badarg -> {error, badarg}
    end.

described({ok, Handle}, Modes) -> {ok, {file_descriptor, prim_file, #{handle => Handle, binary => lists:member(binary, Modes)}}};
described(Error, _) -> Error.

is_ahead({read_ahead, Size}) -> is_integer(Size);
is_ahead(Mode) -> Mode =:= read_ahead.

%% What the primitive knows; encodings are done here.
primitive(Modes) -> [M || M <- Modes, lists:member(M, [read, write, append, exclusive, directory, compressed, delayed_write]) orelse is_delay(M)].

is_delay({delayed_write, Size, Delay}) -> is_integer(Size) andalso is_integer(Delay);
is_delay(_) -> false.

close({file_descriptor, prim_file, #{handle := H}}) -> prim_file:close(H);
close(File) when is_pid(File) ->
    case request(File, close) of
        {error, terminated} -> ok;
        Other -> Other
    end;
close(_) -> {error, badarg}.

read({file_descriptor, prim_file, #{handle := H, binary := Binary}}, N) when is_integer(N), N >= 0 -> shaped(prim_file:read(H, N), Binary);
read(File, N) when (is_pid(File) orelse is_atom(File)), is_integer(N), N >= 0 ->
    case io:request(File, {get_chars, latin1, '', N}) of
        Data when is_list(Data); is_binary(Data) -> {ok, Data};
        Other -> Other
    end;
read(_, _) -> {error, badarg}.

shaped({ok, Bin}, false) -> {ok, binary_to_list(Bin)};
shaped(Other, _) -> Other.

read_line({file_descriptor, prim_file, #{handle := H, binary := Binary}}) -> shaped(prim_file:read_line(H), Binary);
read_line(File) when is_pid(File); is_atom(File) ->
    case io:request(File, {get_line, latin1, ''}) of
        Data when is_list(Data); is_binary(Data) -> {ok, Data};
        Other -> Other
    end;
read_line(_) -> {error, badarg}.

write({file_descriptor, prim_file, #{handle := H}}, Bytes) ->
    with_bytes(Bytes, fun(Bin) -> prim_file:write(H, Bin) end);
write(File, Bytes) when is_pid(File); is_atom(File) -> with_bytes(Bytes, fun(Bin) -> io:request(File, {put_chars, latin1, Bin}) end);
write(_, _) -> {error, badarg}.

with_bytes(Bytes, Fun) ->
    try iolist_to_binary(Bytes) of
        Bin -> Fun(Bin)
    catch
        error:badarg -> {error, badarg}
    end.

pread({file_descriptor, prim_file, _}, At, _) when is_integer(At), At < 0 -> {error, einval};
pread({file_descriptor, prim_file, #{handle := H, binary := Binary}}, At, N) when is_integer(At), is_integer(N), N >= 0 ->
    shaped(prim_file:pread(H, At, N), Binary);
pread(File, At, N) when is_pid(File), is_integer(At), is_integer(N), N >= 0 -> request(File, {pread, At, N});
pread(_, _, _) -> {error, badarg}.

pread(File, Places) when is_list(Places) -> pread_all(File, Places, []);
pread(_, _) -> {error, badarg}.

pread_all(_, [], Acc) -> {ok, lists:reverse(Acc)};
pread_all(File, [{At, N} | More], Acc) ->
    case pread(File, At, N) of
        {ok, Data} -> pread_all(File, More, [Data | Acc]);
        eof -> pread_all(File, More, [eof | Acc]);
        Error -> Error
    end;
pread_all(_, _, _) -> {error, badarg}.

pwrite({file_descriptor, prim_file, _}, At, _) when is_integer(At), At < 0 -> {error, einval};
pwrite({file_descriptor, prim_file, #{handle := H}}, At, Bytes) when is_integer(At) ->
    with_bytes(Bytes, fun(Bin) -> prim_file:pwrite(H, At, Bin) end);
pwrite(File, At, Bytes) when is_pid(File), is_integer(At) -> with_bytes(Bytes, fun(Bin) -> request(File, {pwrite, At, Bin}) end);
pwrite(_, _, _) -> {error, badarg}.

pwrite(File, Pieces) when is_list(Pieces) -> pwrite_all(File, Pieces, 0);
pwrite(_, _) -> {error, badarg}.

%% An error says how many pieces were written before it.
pwrite_all(_, [], _) -> ok;
pwrite_all(File, [{At, Bytes} | More], Done) ->
    case pwrite(File, At, Bytes) of
        ok -> pwrite_all(File, More, Done + 1);
        {error, Why} -> {error, {Done, Why}}
    end;
pwrite_all(_, _, _) -> {error, badarg}.

%% A place is an offset, bof, cur, eof, or one of these with an offset.
position({file_descriptor, prim_file, #{handle := H}}, Place) -> placed(Place, fun(P) -> prim_file:position(H, P) end);
position(File, Place) when is_pid(File) -> placed(Place, fun(P) -> request(File, {position, P}) end);
position(_, _) -> {error, badarg}.

placed(Offset, _) when is_integer(Offset), Offset < 0 -> {error, einval};
placed(Offset, Fun) when is_integer(Offset) -> Fun(Offset);
placed({bof, Offset}, Fun) -> placed(Offset, Fun);
placed({From, Offset} = Place, Fun) when is_integer(Offset), (From =:= cur orelse From =:= eof) -> Fun(Place);
placed(Place, Fun) when Place =:= bof; Place =:= cur; Place =:= eof -> Fun(Place);
placed(_, _) -> {error, badarg}.

truncate({file_descriptor, prim_file, #{handle := H}}) -> prim_file:truncate(H);
truncate(File) when is_pid(File) -> request(File, truncate);
truncate(_) -> {error, badarg}.

sync({file_descriptor, prim_file, #{handle := H}}) -> prim_file:sync(H);
sync(File) when is_pid(File) -> request(File, sync);
sync(_) -> {error, badarg}.

datasync({file_descriptor, prim_file, #{handle := H}}) -> prim_file:datasync(H);
datasync(File) when is_pid(File) -> request(File, datasync);
datasync(_) -> {error, badarg}.

advise({file_descriptor, prim_file, #{handle := H}}, Offset, Length, Advice) when is_atom(Advice) -> prim_file:advise(H, Offset, Length, Advice);
advise(File, Offset, Length, Advice) when is_pid(File), is_atom(Advice) -> request(File, {advise, Offset, Length, Advice});
advise(_, _, _, _) -> {error, badarg}.

allocate({file_descriptor, prim_file, #{handle := H}}, Offset, Length) -> prim_file:allocate(H, Offset, Length);
allocate(File, Offset, Length) when is_pid(File) -> request(File, {allocate, Offset, Length});
allocate(_, _, _) -> {error, badarg}.

%% The process of an open file knows its name.
pid2name(Pid) when is_pid(Pid) ->
    case process_info(Pid, {dictionary, '$file_name'}) of
        {_, Name} when Name =/= undefined -> {ok, Name};
        _ -> undefined
    end.

%% Sends a file, or a part of a raw one, over a socket; its position stays.
sendfile(Name, Socket) ->
    case open(Name, [raw, read, binary]) of
        {ok, File} ->
            Result = sendfile(File, Socket, 0, 0, []),
            close(File),
            Result;
        Error -> Error
    end.

sendfile({file_descriptor, prim_file, #{handle := H}}, Socket, Offset, Bytes, _Opts)
        when is_port(Socket), is_integer(Offset), Offset >= 0, is_integer(Bytes), Bytes >= 0 ->
    send_from(H, Socket, Offset, case Bytes of 0 -> infinity; _ -> Bytes end, 0);
sendfile(_, _, _, _, _) -> {error, badarg}.

send_from(_, _, _, 0, Sent) -> {ok, Sent};
send_from(H, Socket, At, Left, Sent) ->
    case prim_file:pread(H, At, case Left of infinity -> ?CHUNK; _ -> min(?CHUNK, Left) end) of
        {ok, Bin} ->
            Size = byte_size(Bin),
            case gen_tcp:send(Socket, Bin) of
                ok -> send_from(H, Socket, At + Size, case Left of infinity -> infinity; _ -> Left - Size end, Sent + Size);
                Error -> Error
            end;
        eof -> {ok, Sent};
        Error -> Error
    end.

request(File, Request) ->
    Ref = monitor(process, File),
    File ! {file_request, self(), Ref, Request},
    receive
        {file_reply, Ref, Reply} ->
            demonitor(Ref, [flush]),
            Reply;
        {'DOWN', Ref, _, _, _} -> {error, terminated}
    end.

%%% Copying

copy(From, To) -> copy(From, To, infinity).

copy(From, To, Bytes) ->
    case opened(From, [read]) of
        {ok, F, CloseF} ->
            Result = copy_to(F, To, Bytes),
            CloseF(),
            Result;
        Error -> Error
    end.

%% The other file is not touched before there is something to copy.
copy_to(F, To, Bytes) ->
    case opened(To, [write]) of
        {ok, T, CloseT} ->
            Result = copy_all(F, T, Bytes, 0),
            CloseT(),
            Result;
        Error -> Error
    end.

opened({file_descriptor, _, _} = F, _) -> {ok, F, fun() -> ok end};
opened(F, _) when is_pid(F) -> {ok, F, fun() -> ok end};
opened({Name, Modes}, Default) when is_list(Modes) -> opened_name(Name, Modes ++ case lists:member(append, Modes) of true -> []; false -> Default end);
opened(Name, Default) -> opened_name(Name, Default).

opened_name(Name, Modes) ->
    case open(Name, [raw, binary | Modes]) of
        {ok, F} -> {ok, F, fun() -> close(F) end};
        Error -> Error
    end.

copy_all(_, _, 0, Done) -> {ok, Done};
copy_all(F, T, Left, Done) ->
    N = case Left of infinity -> ?CHUNK; _ -> min(?CHUNK, Left) end,
    case read(F, N) of
        {ok, Data} ->
            case write(T, Data) of
                ok ->
                    Size = iolist_size(Data),
                    copy_all(F, T, case Left of infinity -> infinity; _ -> Left - Size end, Done + Size);
                Error -> Error
            end;
        eof -> {ok, Done};
        Error -> Error
    end.

%%% Erlang terms and expressions in files

consult(Name) ->
    case open(Name, [read]) of
        {ok, File} ->
            _ = epp:set_encoding(File),
            Result = terms(File, 1, []),
            close(File),
            Result;
        Error -> Error
    end.

terms(File, Line, Acc) ->
    case io:read(File, '', Line) of
        {ok, Term, End} -> terms(File, End, [Term | Acc]);
        {eof, _} -> {ok, lists:reverse(Acc)};
        {error, Why, _} -> {error, Why};
        {error, Why} -> unreadable(Why, Line)
    end.

%% Bytes that are no text in the file's encoding are told as OTP's server of files tells them.
unreadable({no_translation, _, _}, Line) -> {error, {Line, file_io_server, invalid_unicode}};
unreadable(Why, _) -> {error, Why}.

%% Only some file systems have second names.
altname(Name) ->
    case is_list(Name) orelse is_binary(Name) orelse is_atom(Name) of
        true -> {error, enotsup};
        false -> {error, badarg}
    end.

path_consult(Path, Name) ->
    case path_open(Path, Name, [read]) of
        {ok, File, Full} ->
            _ = epp:set_encoding(File),
            Result = terms(File, 1, []),
            close(File),
            case Result of
                {ok, Terms} -> {ok, Terms, Full};
                Error -> Error
            end;
        Error -> Error
    end.

path_open([], _, _) -> {error, enoent};
path_open([Dir | Dirs], Name, Modes) ->
    Full = in_dir(Dir, Name),
    case open(Full, Modes) of
        {ok, File} -> {ok, File, Full};
        {error, enoent} -> path_open(Dirs, Name, Modes);
        Error -> Error
    end.

in_dir(".", Name) -> Name;
in_dir(Dir, Name) -> filename:join(Dir, Name).

eval(Name) -> eval(Name, erl_eval:new_bindings()).
eval(Name, Bs) ->
    case script(Name, Bs) of
        {ok, _} -> ok;
        Error -> Error
    end.

path_eval(Path, Name) -> path_eval(Path, Name, erl_eval:new_bindings()).
path_eval(Path, Name, Bs) ->
    case path_script(Path, Name, Bs) of
        {ok, _, Full} -> {ok, Full};
        Error -> Error
    end.

path_script(Path, Name) -> path_script(Path, Name, erl_eval:new_bindings()).
path_script(Path, Name, Bs) ->
    case path_open(Path, Name, [read]) of
        {ok, File, Full} ->
            _ = epp:set_encoding(File),
            Result = expressions(File, 1, Bs, undefined),
            close(File),
            case Result of
                {ok, Value} -> {ok, Value, Full};
                Error -> Error
            end;
        Error -> Error
    end.

script(Name) -> script(Name, erl_eval:new_bindings()).
script(Name, Bs) ->
    case open(Name, [read]) of
        {ok, File} ->
            _ = epp:set_encoding(File),
            Result = expressions(File, 1, Bs, undefined),
            close(File),
            Result;
        Error -> Error
    end.

expressions(File, Line, Bs, Last) ->
    case io:parse_erl_exprs(File, '', Line) of
        {ok, Es, End} ->
            try erl_eval:exprs(Es, Bs) of
                {value, V, Bs2} -> expressions(File, End, Bs2, V)
            catch
                Class:Reason:Stack -> {error, {End, ?MODULE, {Class, Reason, Stack}}}
            end;
        {eof, _} -> {ok, Last};
        {error, Why, _} -> {error, Why};
        {error, Why} -> unreadable(Why, Line)
    end.

format_error({_Line, ?MODULE, undefined_script}) -> "no value returned from script";
format_error({Line, ?MODULE, {Class, Reason, _}}) -> io_lib:format("~w: evaluation failed with reason ~w:~tp", [Line, Class, Reason]);
format_error({Line, Module, Reason}) -> io_lib:format("~w: ~ts", [Line, Module:format_error(Reason)]);
format_error(badarg) -> "bad argument";
format_error(terminated) -> "the file server process is terminated";
format_error(system_limit) -> "a system limit was hit, probably not enough ports";
format_error(Posix) -> erl_posix_msg:message(Posix).

%% Logs on disk: terms or bytes behind one another, in one file (halt) or in several that are used in turn (wrap).
%%
%% ```
%% internal format: "TLOG1\n"   status: o(pen) | c(losed)   "\n"   item*
%%                  item: size: u32   CRC of the bytes: u32   bytes: an external term
%% ```
%% A file that was not closed is repaired when it is opened: what follows the last whole item is cut off. A wrap log has files .1, .2 and so on,
%% and .idx, which says which is the current one, and .siz, which says how many there are and how long. Each log has a process; a process
%% named `disk_log` knows them. Logs of OTP have another format.
-module(disk_log).

-export([start/0, open/1, close/1, lclose/1, lclose/2, all/0, accessible_logs/0, info/1, pid2name/1, sync/1]).
-export([log/2, log_terms/2, blog/2, blog_terms/2, alog/2, alog_terms/2, balog/2, balog_terms/2]).
-export([chunk/2, chunk/3, bchunk/2, bchunk/3, chunk_info/1, chunk_step/3, block/1, block/2, unblock/1, truncate/1, truncate/2, btruncate/2,
         reopen/2, reopen/3, breopen/3, inc_wrap_file/1, change_size/2, change_header/2, change_notify/3, format_error/1]).
-export_type([continuation/0, log/0]).

-type log() :: term().

-define(MAGIC, "TLOG1\n").
-define(HEADER, 8).
-define(LOGS, disk_logs).
%% Bytes that chunk/2 reads at least.
-define(CHUNK, 65536).

-record(continuation, {pid, at, format}).
-opaque continuation() :: #continuation{}.

%% file: the name that was given; path: the current file; number: which of a wrap log's files it is; bytes, items: in the current file;
%% total: items of all files, as a wrap log counts them by file; overflows: how often the file changed, told: how often when info was asked for; owners: [{Pid, Monitor, Notify}]; blocker: {Pid, Queue}; waiting: requests
%% until it unblocks.
-record(log, {name, file, path, type, format, size, mode, head, fd, number = 1, bytes = 0, items = 0, counts = #{}, written = 0, overflows = 0, told = 0,
              owners = [], users = 0, blocker = none, waiting = [], quiet = false, status = ok}).

%%% Clients

start() ->
    _ = server(),
    ok.

open(Options) when is_list(Options) ->
    case read(Options, #{type => halt, format => internal, size => default, repair => true, mode => read_write, notify => false, head => none,
                         quiet => false, linkto => self()}) of
        {ok, #{name := _} = All} ->
            case settled(All) of
                {ok, Settled} -> ask(server(), {open, Settled});
                Error -> Error
            end;
        {ok, _} -> {error, {badarg, name}};
        Error -> Error
    end;
open(Options) -> {error, {badarg, Options}}.

read([{name, Name} | Rest], All) -> read(Rest, All#{name => Name});
read([{file, File} | Rest], All) -> read(Rest, All#{file => File});
read([{linkto, Pid} | Rest], All) when is_pid(Pid); Pid =:= none -> read(Rest, All#{linkto => Pid});
read([{repair, R} | Rest], All) when is_boolean(R); R =:= truncate -> read(Rest, All#{repair => R});
read([{type, T} | Rest], All) when T =:= halt; T =:= wrap; T =:= rotate -> read(Rest, All#{type => T});
read([{format, F} | Rest], All) when F =:= internal; F =:= external -> read(Rest, All#{format => F});
read([{size, infinity} | Rest], All) -> read(Rest, All#{size => infinity});
read([{size, N} | Rest], All) when is_integer(N), N > 0 -> read(Rest, All#{size => N});
read([{size, {B, F}} | Rest], All) when is_integer(B), B > 0, is_integer(F), F > 0 -> read(Rest, All#{size => {B, F}});
read([{distributed, _} | Rest], All) -> read(Rest, All);
read([{notify, N} | Rest], All) when is_boolean(N) -> read(Rest, All#{notify => N});
read([{head, none} | Rest], All) -> read(Rest, All#{head => none});
read([{head, Head} | Rest], All) -> read(Rest, All#{head => {head, Head}});
read([{head_func, {M, F, A}} | Rest], All) when is_atom(M), is_atom(F), is_list(A) -> read(Rest, All#{head => {head_func, {M, F, A}}});
read([{quiet, Q} | Rest], All) when is_boolean(Q) -> read(Rest, All#{quiet => Q});
read([{mode, M} | Rest], All) when M =:= read_only; M =:= read_write -> read(Rest, All#{mode => M});
read([], All) -> {ok, All};
read(Bad, _) -> {error, {badarg, Bad}}.

settled(#{type := Wrap, size := default} = All) when Wrap =/= halt -> {ok, named(All)};
settled(#{type := halt, size := default} = All) -> {ok, named(All#{size => infinity})};
settled(#{type := halt, size := {_, _}}) -> {error, {badarg, size}};
settled(#{type := Wrap, size := Size}) when Wrap =/= halt, not is_tuple(Size) -> {error, {badarg, size}};
settled(All) -> {ok, named(All)}.

named(#{file := _} = All) -> All;
named(#{name := Name} = All) -> All#{file => lists:flatten(io_lib:format("~ts.LOG", [Name]))}.

log(Name, Term) -> request(Name, {write, internal, [term_to_binary(Term)]}).
log_terms(Name, Terms) -> request(Name, {write, internal, [term_to_binary(T) || T <- Terms]}).
blog(Name, Bytes) -> request(Name, {write, bytes, [iolist_to_binary(Bytes)]}).
blog_terms(Name, List) -> request(Name, {write, bytes, [iolist_to_binary(B) || B <- List]}).
alog(Name, Term) -> notify(Name, {write, internal, [term_to_binary(Term)]}).
alog_terms(Name, Terms) -> notify(Name, {write, internal, [term_to_binary(T) || T <- Terms]}).
balog(Name, Bytes) -> notify(Name, {write, bytes, [iolist_to_binary(Bytes)]}).
balog_terms(Name, List) -> notify(Name, {write, bytes, [iolist_to_binary(B) || B <- List]}).

close(Name) -> request(Name, close).
lclose(Name) -> close(Name).
lclose(Name, _Node) -> close(Name).
sync(Name) -> request(Name, sync).
info(Name) -> request(Name, info).
block(Name) -> block(Name, true).
block(Name, Queue) when is_boolean(Queue) -> request(Name, {block, Queue}).
unblock(Name) -> request(Name, unblock).
truncate(Name) -> request(Name, {truncate, none}).
truncate(Name, Head) -> request(Name, {truncate, {internal, term_to_binary(Head)}}).
btruncate(Name, Head) -> request(Name, {truncate, {bytes, iolist_to_binary(Head)}}).
reopen(Name, File) -> request(Name, {reopen, File, none}).
reopen(Name, File, Head) -> request(Name, {reopen, File, {internal, term_to_binary(Head)}}).
breopen(Name, File, Head) -> request(Name, {reopen, File, {bytes, iolist_to_binary(Head)}}).
inc_wrap_file(Name) -> request(Name, inc_wrap_file).
change_size(Name, Size) -> request(Name, {change_size, Size}).
change_header(Name, Header) -> request(Name, {change_header, Header}).
change_notify(Name, Owner, Notify) -> request(Name, {change_notify, Owner, Notify}).

chunk(Name, Cont) -> chunk(Name, Cont, infinity).

chunk(Name, Cont, N) ->
    case bchunk(Name, Cont, N) of
        {error, _} = Error -> Error;
        {Next, Items} -> {Next, [binary_to_term(I) || I <- Items]};
        {Next, Items, Bad} -> {Next, [binary_to_term(I) || I <- Items], Bad};
        Other -> Other
    end.

bchunk(Name, Cont) -> bchunk(Name, Cont, infinity).

bchunk(Name, Cont, N) when N =:= infinity; is_integer(N), N > 0 ->
    case Cont =:= start orelse is_record(Cont, continuation) of
        true -> request(Name, {chunk, Cont, N});
        false -> {error, {badarg, continuation}}
    end.

chunk_info(#continuation{pid = Pid}) -> [{node, node(Pid)}];
chunk_info(Other) -> {error, {no_continuation, Other}}.

chunk_step(Name, Cont, Step) when is_integer(Step) -> request(Name, {step, Cont, Step}).

all() ->
    case ets:whereis(?LOGS) of
        undefined -> [];
        _ -> lists:sort([Name || {Name, _} <- ets:tab2list(?LOGS)])
    end.

accessible_logs() -> {all(), []}.

pid2name(Pid) ->
    case ets:whereis(?LOGS) =/= undefined andalso ets:match(?LOGS, {'$1', Pid}) of
        [[Name]] -> {ok, Name};
        _ -> undefined
    end.

find(Name) ->
    case ets:whereis(?LOGS) =/= undefined andalso ets:lookup(?LOGS, Name) of
        [{_, Pid}] -> {ok, Pid};
        _ -> {error, no_such_log}
    end.

request(Name, Request) ->
    case find(Name) of
        {ok, Pid} ->
            try ask(Pid, Request)
            catch exit:_ -> {error, no_such_log}
            end;
        Error -> Error
    end.

notify(Name, Request) ->
    case find(Name) of
        {ok, Pid} ->
            Pid ! {ask, none, Request},
            ok;
        Error -> Error
    end.

ask(Pid, Request) ->
    Mon = erlang:monitor(process, Pid),
    Pid ! {ask, {self(), Mon}, Request},
    receive
        {Mon, Answer} ->
            erlang:demonitor(Mon, [flush]),
            Answer;
        {'DOWN', Mon, process, Pid, Reason} -> exit(Reason)
    end.

reply(none, _) -> ok;
reply({Pid, Ref}, Answer) ->
    Pid ! {Ref, Answer},
    ok.

%%% The process that knows the logs

server() ->
    Prepare = fun() ->
        process_flag(trap_exit, true),
        ?LOGS = ets:new(?LOGS, [named_table, public, {read_concurrency, true}])
    end,
    transom_once:process(disk_log, Prepare, fun server_loop/0).

server_loop() ->
    receive
        {ask, From, {open, #{name := Name} = Options}} ->
            reply(From, case ets:lookup(?LOGS, Name) of
                            [{_, Pid}] ->
                                try ask(Pid, {open, Options})
                                catch exit:_ -> started(Options)
                                end;
                            [] -> started(Options)
                        end),
            server_loop();
        {'EXIT', Pid, _} ->
            ets:match_delete(?LOGS, {'_', Pid}),
            server_loop();
        _ -> server_loop()
    end.

started(Options) ->
    Self = self(),
    Pid = spawn_link(fun() -> init(Self, Options) end),
    receive
        {Pid, Answer} -> Answer;
        {'EXIT', Pid, Reason} -> {error, Reason}
    end.

%%% The process of a log

init(Starter, #{name := Name} = Options) ->
    Keys = maps:with([name, file, type, format, size, mode, head, quiet], Options),
    Log = maps:fold(fun set/3, #log{}, Keys),
    case opened(Log, maps:get(repair, Options)) of
        {error, _} = Error ->
            unlink(Starter),
            Starter ! {self(), Error};
        {Answer, New} ->
            ets:insert(?LOGS, {Name, self()}),
            Owned = owned(Options, New),
            Starter ! {self(), Answer},
            loop(Owned)
    end.

set(name, V, L) -> L#log{name = V};
set(file, V, L) -> L#log{file = V};
set(type, V, L) -> L#log{type = V};
set(format, V, L) -> L#log{format = V};
set(size, V, L) -> L#log{size = V};
set(mode, V, L) -> L#log{mode = V};
set(head, V, L) -> L#log{head = V};
set(quiet, V, L) -> L#log{quiet = V}.

owned(#{linkto := none}, #log{users = N} = Log) -> Log#log{users = N + 1};
owned(#{linkto := Pid, notify := Notify}, #log{owners = Owners} = Log) ->
    case lists:keymember(Pid, 1, Owners) of
        true -> Log;
        false -> Log#log{owners = Owners ++ [{Pid, erlang:monitor(process, Pid), Notify}]}
    end.

loop(Log) ->
    receive
        {ask, From, Request} -> served(From, Request, Log);
        {'DOWN', _, process, Pid, _} -> owner_gone(Pid, Log);
        _ -> loop(Log)
    end.

owner_gone(Pid, #log{owners = Owners, blocker = Blocker} = Log0) ->
    Log = case Blocker of
              {Pid, _} -> released(Log0);
              _ -> Log0
          end,
    case Log#log{owners = lists:keydelete(Pid, 1, Owners)} of
        #log{owners = [], users = 0} = Last -> ended(Last);
        Left -> loop(Left)
    end.

served(From, Request, #log{name = Name, blocker = {Pid, Queue}} = Log) ->
    Own = is_tuple(From) andalso element(1, From) =:= Pid,
    case {Request, Own} of
        {unblock, true} ->
            reply(From, ok),
            loop(released(Log));
        {_, true} when element(1, Request) =:= chunk; Request =:= info -> answered(From, Request, Log);
        {info, _} -> answered(From, Request, Log);
        {{open, _}, _} -> answered(From, Request, Log);
        {_, false} when Queue -> loop(Log#log{waiting = [{ask, From, Request} | Log#log.waiting]});
        _ ->
            reply(From, {error, {blocked_log, Name}}),
            loop(Log)
    end;
served(From, Request, Log) -> answered(From, Request, Log).

%% What waited comes before what comes now.
released(#log{waiting = Waiting} = Log) ->
    [self() ! W || W <- lists:reverse(Waiting)],
    Log#log{blocker = none, waiting = []}.

answered(From, Request, Log) ->
    case handle(Request, From, Log) of
        {stop, Answer, Last} ->
            ended(Last),
            reply(From, Answer);
        {Answer, New} ->
            reply(From, Answer),
            loop(New)
    end.

ended(#log{name = Name} = Log) ->
    closed_file(Log),
    ets:delete(?LOGS, Name).

handle({open, Options}, _, #log{name = Name} = Log) ->
    case [{K, V, Current} || {K, Current} <- [{type, Log#log.type}, {format, Log#log.format}, {mode, Log#log.mode}],
                             V <- [maps:get(K, Options)], V =/= Current] of
        [] ->
            case maps:get(file, Options) =:= Log#log.file of
                true -> {{ok, Name}, owned(Options, Log)};
                false -> {{error, {name_already_open, Name}}, Log}
            end;
        [{K, V, Current} | _] -> {{error, {arg_mismatch, K, Current, V}}, Log}
    end;
handle(close, {Pid, _}, #log{owners = Owners, users = Users} = Log) ->
    case lists:keytake(Pid, 1, Owners) of
        {value, {_, Mon, _}, []} when Users =:= 0 ->
            erlang:demonitor(Mon, [flush]),
            {stop, ok, Log};
        {value, {_, Mon, _}, Rest} ->
            erlang:demonitor(Mon, [flush]),
            {ok, Log#log{owners = Rest}};
        false when Users =:= 1, Owners =:= [] -> {stop, ok, Log};
        false when Users > 0 -> {ok, Log#log{users = Users - 1}};
        false -> {{error, {not_owner, Log#log.name}}, Log}
    end;
handle(info, _, #log{overflows = Overflows} = Log) -> {described(Log), Log#log{told = Overflows}};
handle({chunk, Cont, N}, _, Log) -> {chunked(Cont, N, Log), Log};
handle({step, Cont, Step}, _, Log) -> {stepped(Cont, Step, Log), Log};
handle({block, Queue}, {Pid, _}, Log) ->
    erlang:monitor(process, Pid),
    {ok, Log#log{blocker = {Pid, Queue}}};
handle(unblock, _, #log{name = Name} = Log) -> {{error, {not_blocked, Name}}, Log};
handle(sync, _, #log{mode = read_only} = Log) -> {ok, Log};
handle(sync, _, #log{fd = Fd} = Log) -> {file:datasync(Fd), Log};
handle({change_notify, Owner, Notify}, _, #log{owners = Owners, name = Name} = Log) ->
    case {lists:keyfind(Owner, 1, Owners), is_boolean(Notify)} of
        {_, false} -> {{error, {badarg, notify}}, Log};
        {{_, Mon, _}, true} -> {ok, Log#log{owners = lists:keyreplace(Owner, 1, Owners, {Owner, Mon, Notify})}};
        {false, true} -> {{error, {not_owner, Name}}, Log}
    end;
handle({change_header, Header}, _, Log) ->
    case Header of
        {head, none} -> {ok, Log#log{head = none}};
        {head, _} -> {ok, Log#log{head = Header}};
        {head_func, {M, F, A}} when is_atom(M), is_atom(F), is_list(A) -> {ok, Log#log{head = Header}};
        _ -> {{error, {badarg, head}}, Log}
    end;
handle(_, _, #log{mode = read_only, name = Name} = Log) -> {{error, {read_only_mode, Name}}, Log};
handle({write, internal, _}, _, #log{format = external, name = Name} = Log) -> {{error, {format_external, Name}}, Log};
handle({write, _, Items}, _, Log) -> written(Items, Log);
handle({truncate, Head}, _, Log) -> truncated(Head, Log);
handle({reopen, _, _}, _, #log{file = File, name = Name} = Log) when File =:= Name -> {{error, {same_file_name, Name}}, Log};
handle({reopen, File, _}, _, #log{file = File, name = Name} = Log) -> {{error, {same_file_name, Name}}, Log};
handle({reopen, File, Head}, _, Log) -> moved(File, Head, Log);
handle(inc_wrap_file, _, #log{type = halt, name = Name} = Log) -> {{error, {halt_log, Name}}, Log};
handle(inc_wrap_file, _, Log) -> {ok, next_file(Log)};
handle({change_size, Size}, _, Log) -> resized(Size, Log).

described(#log{type = Type, head = Head} = Log) ->
    Common = [{name, Log#log.name}, {file, Log#log.file}, {type, Type}, {format, Log#log.format}, {size, Log#log.size}, {items, total(Log)},
              {owners, [{Pid, Notify} || {Pid, _, Notify} <- Log#log.owners]}, {users, Log#log.users},
              {head, case Head of {head, H} -> H; _ -> Head end}, {mode, Log#log.mode},
              {status, case Log#log.blocker of none -> Log#log.status; {_, Queue} -> {blocked, Queue} end}, {node, node()}],
    Common ++ case Type of
                  halt -> [{full, Log#log.status =:= full}, {no_written_items, Log#log.written}];
                  _ ->
                      [{no_current_bytes, Log#log.bytes}, {no_current_items, Log#log.items}, {no_items, total(Log)},
                       {no_written_items, Log#log.written}, {current_file, Log#log.number}, {no_overflows, {Log#log.overflows, Log#log.overflows - Log#log.told}}]
              end.

total(#log{items = Items, counts = Counts, number = Number}) -> Items + lists:sum(maps:values(maps:remove(Number, Counts))).

%%% Files

opened(#log{type = halt, file = File} = Log, Repair) -> opened_file(Log#log{path = File}, Repair);
opened(#log{file = File, size = Size0} = Log, Repair) ->
    Known = stored(File ++ ".siz", default),
    case {Size0, Known} of
        {default, default} -> {error, {badarg, size}};
        {default, _} -> opened(Log#log{size = Known}, Repair);
        {_, default} -> opened_wrap(Log, Repair);
        {Known, Known} -> opened_wrap(Log, Repair);
        _ when Repair =:= truncate -> opened_wrap(Log, Repair);
        _ -> {error, {size_mismatch, Known, Size0}}
    end.

opened_wrap(#log{file = File, size = Size, mode = Mode} = Log, Repair) ->
    {Number, Counts} = case Repair of
                           truncate -> {1, #{}};
                           _ -> stored(File ++ ".idx", {1, #{}})
                       end,
    _ = Mode =:= read_write andalso keep(File ++ ".siz", Size),
    opened_file(Log#log{number = Number, counts = Counts, path = part(File, Number)}, Repair).

part(File, N) -> File ++ "." ++ integer_to_list(N).

stored(File, Default) ->
    case file:read_file(File) of
        {ok, Bytes} ->
            try binary_to_term(Bytes)
            catch error:_ -> Default
            end;
        {error, _} -> Default
    end.

keep(File, Term) -> file:write_file(File, term_to_binary(Term)).

opened_file(#log{path = Path, mode = Mode, format = external} = Log, Repair) ->
    case file:read_file_info(Path) of
        {error, enoent} when Mode =:= read_write -> made(Log);
        {error, Reason} -> {error, {file_error, Path, Reason}};
        {ok, _} when Repair =:= truncate, Mode =:= read_write -> made(Log);
        %% What an item is, only who wrote it knows: a wrap log has noted how many there were.
        {ok, Info} -> continued(Log, element(2, Info), maps:get(Log#log.number, Log#log.counts, 0), {ok, Log#log.name})
    end;
opened_file(#log{path = Path, mode = Mode} = Log, Repair) ->
    case file:read_file(Path) of
        {error, enoent} when Mode =:= read_write -> made(Log);
        {error, Reason} -> {error, {file_error, Path, Reason}};
        {ok, _} when Repair =:= truncate, Mode =:= read_write -> made(Log);
        {ok, <<?MAGIC, Status, $\n, Rest/binary>>} -> found(Status, Rest, Log, Repair);
        {ok, _} -> {error, {not_a_log_file, Path}}
    end.

made(#log{name = Name, path = Path} = Log) ->
    case begun(Log) of
        #log{} = New -> {{ok, Name}, New};
        {error, Reason} -> {error, {file_error, Path, Reason}}
    end.

found($c, Rest, #log{name = Name} = Log, Repair) ->
    case items(Rest) of
        {Items, Whole} when Whole =:= byte_size(Rest) -> continued(Log, ?HEADER + Whole, length(Items), {ok, Name});
        _ -> found($o, Rest, Log, Repair)
    end;
found(_, Rest, #log{mode = read_only, name = Name} = Log, _) ->
    {Items, Whole} = items(Rest),
    continued(Log, ?HEADER + Whole, length(Items), {ok, Name});
found(_, _, #log{path = Path}, false) -> {error, {need_repair, Path}};
found(_, Rest, #log{name = Name, path = Path, quiet = Quiet} = Log, true) ->
    Quiet orelse error_logger:info_msg("disk_log: repairing ~tp ...\n", [Path]),
    {Items, Whole} = items(Rest),
    continued(Log, ?HEADER + Whole, length(Items), {repaired, Name, {recovered, length(Items)}, {badbytes, byte_size(Rest) - Whole}}).

%% The whole items of some bytes, and how many bytes they are.
items(Bytes) -> items(Bytes, 0, []).

items(<<Size:32, Crc:32, Item:Size/binary, Rest/binary>>, At, Acc) ->
    case erlang:crc32(Item) of
        Crc -> items(Rest, At + 8 + Size, [Item | Acc]);
        _ -> {lists:reverse(Acc), At}
    end;
items(_, At, Acc) -> {lists:reverse(Acc), At}.

continued(#log{mode = read_only} = Log, Bytes, Items, Answer) -> {Answer, Log#log{bytes = Bytes, items = Items}};
continued(#log{path = Path, format = Format} = Log, Bytes, Items, Answer) ->
    case file:open(Path, [read, write, raw, binary]) of
        {ok, Fd} ->
            _ = Format =:= internal andalso file:pwrite(Fd, 0, [?MAGIC, "o\n"]),
            {ok, _} = file:position(Fd, Bytes),
            ok = file:truncate(Fd),
            {Answer, Log#log{fd = Fd, bytes = Bytes, items = Items}};
        {error, Reason} -> {error, {file_error, Path, Reason}}
    end.

%% The current file empty but for its head.
begun(#log{path = Path, format = Format, head = Head} = Log) ->
    case file:open(Path, [read, write, raw, binary]) of
        {ok, Fd} ->
            {ok, 0} = file:position(Fd, 0),
            ok = file:truncate(Fd),
            Start = case Format of
                        internal -> [?MAGIC, "o\n"];
                        external -> []
                    end,
            ok = file:write(Fd, Start),
            headed(made_head(Head, Format), noted(Log#log{fd = Fd, bytes = iolist_size(Start), items = 0}));
        {error, Reason} -> {error, Reason}
    end.

noted(#log{type = halt} = Log) -> Log;
noted(#log{file = File, number = Number, counts = Counts} = Log) ->
    New = Log#log{counts = Counts#{Number => 0}},
    keep(File ++ ".idx", {Number, New#log.counts}),
    New.

made_head(none, _) -> none;
made_head({head, Head}, internal) -> {internal, term_to_binary(Head)};
made_head({head, Head}, external) -> {bytes, iolist_to_binary(Head)};
made_head({head_func, {M, F, A}}, Format) ->
    {ok, Head} = apply(M, F, A),
    made_head({head, Head}, Format).

headed(none, Log) -> Log;
headed({_, Bytes}, Log) -> put_item(Bytes, Log).

framed(Bytes, #log{format = internal}) -> [<<(byte_size(Bytes)):32, (erlang:crc32(Bytes)):32>>, Bytes];
framed(Bytes, #log{format = external}) -> Bytes.

put_item(Bytes, #log{fd = Fd, bytes = Size, items = Items} = Log) ->
    Framed = framed(Bytes, Log),
    ok = file:write(Fd, Framed),
    Log#log{bytes = Size + iolist_size(Framed), items = Items + 1}.

closed_file(#log{fd = undefined}) -> ok;
closed_file(#log{fd = Fd, format = Format} = Log) ->
    counted(Log),
    _ = Format =:= internal andalso file:pwrite(Fd, 0, [?MAGIC, "c\n"]),
    file:close(Fd).

counted(#log{type = halt} = Log) -> Log;
counted(#log{file = File, number = Number, counts = Counts, items = Items} = Log) ->
    New = Counts#{Number => Items},
    keep(File ++ ".idx", {Number, New}),
    Log#log{counts = New}.

written(_, #log{status = full, name = Name} = Log) -> {{error, {full, Name}}, Log};
written([], Log) -> {ok, Log};
written([Item | Rest], #log{name = Name, written = N} = Log0) ->
    case room(iolist_size(framed(Item, Log0)), Log0) of
        {ok, Log} -> written(Rest, (put_item(Item, Log))#log{written = N + 1});
        full ->
            tell(full, Log0),
            {{error, {full, Name}}, Log0#log{status = full}}
    end.

room(_, #log{size = infinity} = Log) -> {ok, Log};
room(Bytes, #log{type = halt, size = Most, bytes = Size} = Log) ->
    case Size + Bytes =< Most of
        true -> {ok, Log};
        false -> full
    end;
%% An item that is longer than a file has a file of its own.
room(Bytes, #log{size = {Most, _}, bytes = Size, items = Items} = Log) ->
    case Size + Bytes =< Most orelse Items =:= 0 of
        true -> {ok, Log};
        false -> {ok, next_file(Log)}
    end.

%% What was in the next file is lost.
next_file(#log{number = Number, size = {_, Files}, file = File, overflows = Overflows} = Log0) ->
    closed_file(Log0),
    #log{counts = Counts} = Log = counted(Log0),
    Next = Number rem Files + 1,
    Gone = maps:get(Next, Counts, 0),
    tell({wrap, Gone}, Log),
    begun(Log#log{number = Next, path = part(File, Next), overflows = Overflows + 1}).

tell(What, #log{name = Name, owners = Owners}) -> [Pid ! {disk_log, node(), Name, What} || {Pid, _, true} <- Owners].

%% Without a head of its own the log's head stands in front.
truncated(Head, #log{type = Type, file = File, format = Format, head = Usual} = Log) ->
    tell({truncated, total(Log)}, Log),
    closed_file(Log),
    _ = Type =:= halt orelse [file:delete(part(File, N)) || N <- lists:seq(1, element(2, Log#log.size))],
    First = case Type of
                halt -> Log#log{status = ok};
                _ -> Log#log{number = 1, path = part(File, 1), counts = #{}}
            end,
    #log{} = New = begun(First#log{head = none}),
    Own = case Head of
              none -> made_head(Usual, Format);
              _ -> Head
          end,
    {ok, (headed(Own, New))#log{head = Usual}}.

moved(File, Head, #log{type = halt, path = Path} = Log) ->
    closed_file(Log),
    case file:rename(Path, File) of
        ok -> truncated_new(Head, Log);
        {error, Reason} -> {{error, {file_error, File, Reason}}, Log}
    end;
moved(File, Head, #log{file = Own, size = {_, Files}} = Log) ->
    closed_file(Log),
    [file:rename(Own ++ E, File ++ E) || E <- [".idx", ".siz" | ["." ++ integer_to_list(N) || N <- lists:seq(1, Files)]]],
    keep(Own ++ ".siz", Log#log.size),
    truncated_new(Head, Log#log{number = 1, path = part(Own, 1), counts = #{}}).

truncated_new(Head, #log{head = Usual, format = Format} = Log) ->
    #log{} = New = begun(Log#log{head = none, status = ok}),
    Own = case Head of
              none -> made_head(Usual, Format);
              _ -> Head
          end,
    {ok, (headed(Own, New))#log{head = Usual}}.

resized(Size, #log{type = halt, name = Name, bytes = Bytes} = Log) ->
    if
        Size =:= infinity -> {ok, Log#log{size = infinity, status = ok}};
        is_integer(Size), Size >= Bytes -> {ok, Log#log{size = Size, status = ok}};
        is_integer(Size), Size > 0 -> {{error, {new_size_too_small, Name, Bytes}}, Log};
        true -> {{error, {badarg, size}}, Log}
    end;
resized({B, F} = Size, #log{file = File} = Log) when is_integer(B), B > 0, is_integer(F), F > 0 ->
    keep(File ++ ".siz", Size),
    {ok, Log#log{size = Size}};
resized(_, Log) -> {{error, {badarg, size}}, Log}.

%%% Reading

chunked(_, _, #log{format = external, name = Name}) -> {error, {format_external, Name}};
chunked(start, N, Log) -> chunk_at(oldest(Log), N, Log);
chunked(#continuation{at = At}, N, Log) -> chunk_at(At, N, Log).

%% A place is {Number of the file, Offset}.
oldest(#log{type = halt}) -> {0, ?HEADER};
oldest(#log{} = Log) -> {hd(in_order(Log)), ?HEADER}.

%% The files of a wrap log that are there, the oldest first.
in_order(#log{number = Number, size = {_, Files}, file = File}) ->
    All = [(Number + I - 1) rem Files + 1 || I <- lists:seq(1, Files)],
    [N || N <- All, filelib:is_regular(part(File, N))].

chunk_at({Number, Offset}, Most, #log{} = Log) ->
    case file:read_file(path(Number, Log)) of
        {ok, Bytes} when byte_size(Bytes) > Offset ->
            Rest = binary:part(Bytes, Offset, byte_size(Bytes) - Offset),
            case taken(Rest, Most, 0, []) of
                {[], _} -> bad_rest(Number, byte_size(Bytes), byte_size(Rest), Most, Log);
                {Items, Size} -> {#continuation{pid = self(), at = {Number, Offset + Size}, format = internal}, Items}
            end;
        {ok, _} -> next_chunk(Number, Most, Log);
        {error, Reason} -> {error, {file_error, path(Number, Log), Reason}}
    end.

path(0, #log{path = Path}) -> Path;
path(N, #log{file = File}) -> part(File, N).

%% What is no item is told by its length, and skipped.
bad_rest(Number, End, Bad, _, #log{mode = read_only}) -> {#continuation{pid = self(), at = {Number, End}, format = internal}, [], Bad};
bad_rest(Number, _, _, Most, Log) -> next_chunk(Number, Most, Log).

next_chunk(Number, _, #log{number = Number}) -> eof;
next_chunk(0, _, _) -> eof;
next_chunk(Number, Most, Log) ->
    case lists:dropwhile(fun(N) -> N =/= Number end, in_order(Log)) of
        [_, Next | _] -> chunk_at({Next, ?HEADER}, Most, Log);
        _ -> eof
    end.

taken(<<Size:32, Crc:32, Item:Size/binary, Rest/binary>>, Most, At, Acc) when At < ?CHUNK orelse Most =/= infinity, length(Acc) < Most ->
    case erlang:crc32(Item) of
        Crc -> taken(Rest, Most, At + 8 + Size, [Item | Acc]);
        _ -> {lists:reverse(Acc), At}
    end;
taken(_, _, At, Acc) -> {lists:reverse(Acc), At}.

stepped(_, _, #log{type = halt, name = Name}) -> {error, {not_internal_wrap, Name}};
stepped(_, _, #log{format = external, name = Name}) -> {error, {not_internal_wrap, Name}};
stepped(Cont, Step, Log) ->
    Order = in_order(Log),
    {From, _} = case Cont of
                    start -> oldest(Log);
                    #continuation{at = At} -> At
                end,
    Index = length(lists:takewhile(fun(N) -> N =/= From end, Order)),
    Target = (Index + Step) rem length(Order),
    Wrapped = case Target < 0 of
                  true -> Target + length(Order);
                  false -> Target
              end,
    {ok, #continuation{pid = self(), at = {lists:nth(Wrapped + 1, Order), ?HEADER}, format = internal}}.

%%% Errors in words

format_error({error, Reason}) -> io_lib:format("~ts~n", [reason(Reason)]);
format_error({_, {error, Reason}}) -> io_lib:format("~ts~n", [reason(Reason)]);
format_error(Other) -> io_lib:format("~tp~n", [Other]).

reason(no_such_log) -> "There is no disk log with the given name";
reason({badarg, Arg}) -> io_lib:format("The argument ~tp is missing, not recognized or not wellformed", [Arg]);
reason({size_mismatch, Old, New}) -> io_lib:format("The given size ~tp does not match the size ~tp found on the disk log size file", [New, Old]);
reason({read_only_mode, Log}) ->
    io_lib:format("The disk log ~tp has been opened read-only, but the requested operation needs read-write access", [Log]);
reason({format_external, Log}) ->
    io_lib:format("The requested operation can only be applied on internally formatted disk logs, but ~tp is externally formatted", [Log]);
reason({blocked_log, Log}) ->
    io_lib:format("The blocked disk log ~tp does not queue requests, or the log has been blocked by the calling process", [Log]);
reason({full, Log}) -> io_lib:format("The halt log ~tp is full", [Log]);
reason({not_blocked, Log}) -> io_lib:format("The disk log ~tp is not blocked", [Log]);
reason({not_owner, Log}) -> io_lib:format("The calling process is not one of the owners of the disk log ~tp", [Log]);
reason({not_a_log_file, File}) -> io_lib:format("The file \"~ts\" is not a wrap log file", [File]);
reason({name_already_open, Log}) -> io_lib:format("The disk log ~tp has already opened another file", [Log]);
reason({halt_log, Log}) -> io_lib:format("The halt log ~tp cannot be wrapped", [Log]);
reason({same_file_name, Log}) -> io_lib:format("Current and new file name of the disk log ~tp are the same", [Log]);
reason({arg_mismatch, Option, Old, New}) ->
    io_lib:format("The value ~tp of the disk log option ~tp does not match the current value ~tp", [New, Option, Old]);
reason({file_error, File, Reason}) -> io_lib:format("\"~ts\": ~tp", [File, file:format_error(Reason)]);
reason({need_repair, Log}) -> io_lib:format("The disk log ~tp has not been closed properly and needs repair", [Log]);
reason({new_size_too_small, Log, Size}) -> io_lib:format("The current size ~tp of the halt log ~tp is greater than the requested new size", [Size, Log]);
reason(Other) -> io_lib:format("~tp", [Other]).

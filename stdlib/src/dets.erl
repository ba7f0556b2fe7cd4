%% Tables on disk.
%%
%% A table is an ETS table and a file that tells how it came to be: every change is written behind the others, and what a file holds is what
%% its changes make, in order. So a change costs one write, and a file that was not closed is whole up to its last whole change. When a
%% table is closed and more than half of its file is of the past the file is written anew.
%%
%% ```
%% "TDETS1\n"   change*       change: size: u32   CRC of the bytes: u32   bytes: an external term
%% ```
%% The first change is {table, Type, KeyPos}. Each table has a process that writes; who reads goes to the ETS table directly. A process
%% named `dets` knows which tables are open. The tables of OTP's dets have another format and are no tables here.
-module(dets).

-export([start/0, stop/0, open_file/1, open_file/2, close/1, all/0, info/1, info/2, is_dets_file/1, pid2name/1, sync/1]).
-export([insert/2, insert_new/2, delete/2, delete_object/2, delete_all_objects/1, match_delete/2, select_delete/2, update_counter/3,
         init_table/2, init_table/3, from_ets/2, to_ets/2]).
-export([lookup/2, member/2, first/1, next/2, slot/2, foldl/3, foldr/3, traverse/2, match/1, match/2, match/3, match_object/1, match_object/2,
         match_object/3, select/1, select/2, select/3, safe_fixtable/2, repair_continuation/2, bchunk/2, is_compatible_bchunk_format/2]).
-export_type([tab_name/0, object/0, type/0, cont/0]).

-type tab_name() :: term().
-type object() :: tuple().
-type type() :: set | bag | duplicate_bag.
-opaque cont() :: tuple().

-define(MAGIC, <<"TDETS1\n">>).
-define(TABLES, dets_tables).
%% Objects that are asked for at a time when nobody says how many.
-define(CHUNK, 100).

%% An open table, as clients find it.
-record(tab, {name, pid, ets, file, type, keypos, access, auto_save, ram_file}).
%% What its process keeps besides: changes written since the file was made anew, who has it open ({Count, Monitor}), who fixed it.
-record(st, {tab, fd, changes = 0, users = #{}, fixed = [], fixed_at}).

%%% Opening and closing

start() ->
    _ = server(),
    ok.

stop() ->
    case whereis(dets) of
        undefined -> stopped;
        Pid ->
            Mon = erlang:monitor(process, Pid),
            Pid ! stop,
            receive {'DOWN', Mon, _, _, _} -> stopped end
    end.

%% An existing file as it is.
open_file(File) ->
    case described(File) of
        {ok, Type, KeyPos} ->
            Name = make_ref(),
            open(Name, [{file, File}, {type, Type}, {keypos, KeyPos}], [File]);
        {error, _} = Error -> Error
    end.

open_file(Name, Options) -> open(Name, Options, [Name, Options]).

open(Name, Options, Args) ->
    try options(Options, #{file => default_file(Name), type => set, keypos => 1, access => read_write, auto_save => 180000, ram_file => false,
                           repair => true}) of
        All ->
            case ask(server(), {open, Name, All, self()}) of
                {ok, _} = Ok -> Ok;
                {error, _} = Error -> Error
            end
    catch throw:badarg -> erlang:error(badarg, Args)
    end.

default_file(Name) when is_atom(Name) -> atom_to_list(Name);
default_file(_) -> none.

options([{Key, Value} | Rest], All) ->
    is_option(Key, Value) orelse throw(badarg),
    options(Rest, All#{Key => text(Key, Value)});
options([], #{file := none}) -> throw(badarg);
options([], All) -> All;
options(_, _) -> throw(badarg).

text(file, Name) when is_atom(Name) -> atom_to_list(Name);
text(_, Value) -> Value.

is_option(file, File) -> is_list(File) orelse is_atom(File) orelse is_binary(File);
is_option(type, Type) -> lists:member(Type, [set, bag, duplicate_bag]);
is_option(keypos, N) -> is_integer(N) andalso N > 0;
is_option(access, A) -> A =:= read orelse A =:= read_write;
is_option(auto_save, T) -> T =:= infinity orelse is_integer(T) andalso T > 0;
is_option(ram_file, B) -> is_boolean(B);
is_option(repair, R) -> R =:= force orelse is_boolean(R);
is_option(Key, N) -> lists:member(Key, [estimated_no_objects, max_no_slots, min_no_slots, version]) andalso (is_integer(N) orelse N =:= default).

close(Name) ->
    case find(Name) of
        {ok, #tab{pid = Pid}} -> ask(Pid, {close, self()});
        none -> {error, not_owner}
    end.

sync(Name) -> ask((tab(Name, [Name]))#tab.pid, sync).

all() ->
    case ets:whereis(?TABLES) of
        undefined -> [];
        _ -> [Name || #tab{name = Name} <- ets:tab2list(?TABLES)]
    end.

pid2name(Pid) ->
    case ets:whereis(?TABLES) of
        undefined -> undefined;
        _ ->
            case ets:match_object(?TABLES, #tab{pid = Pid, _ = '_'}) of
                [#tab{name = Name}] -> {ok, Name};
                [] -> undefined
            end
    end.

is_dets_file(File) ->
    case described(File) of
        {ok, _, _} -> true;
        {error, {not_a_dets_file, _}} -> false;
        {error, _} = Error -> Error
    end.

described(File) ->
    case file:read_file(File) of
        {ok, Bytes} ->
            case changes(Bytes) of
                {[{table, Type, KeyPos} | _], _} -> {ok, Type, KeyPos};
                _ -> {error, {not_a_dets_file, File}}
            end;
        {error, Reason} -> {error, {file_error, File, Reason}}
    end.

find(Name) ->
    case ets:whereis(?TABLES) of
        undefined -> none;
        _ ->
            case ets:lookup(?TABLES, Name) of
                [Tab] -> {ok, Tab};
                [] -> none
            end
    end.

tab(Name, Args) ->
    case find(Name) of
        {ok, Tab} -> Tab;
        none -> erlang:error(badarg, Args)
    end.

info(Name) ->
    case find(Name) of
        {ok, _} -> [{Item, info(Name, Item)} || Item <- [type, keypos, size, file_size, filename]];
        none -> undefined
    end.

info(Name, Item) ->
    case find(Name) of
        {ok, Tab} -> item(Item, Tab);
        none -> undefined
    end.

item(type, #tab{type = Type}) -> Type;
item(keypos, #tab{keypos = N}) -> N;
item(Size, #tab{ets = Ets}) when Size =:= size; Size =:= no_objects -> ets:info(Ets, size);
item(no_keys, #tab{ets = Ets, type = set}) -> ets:info(Ets, size);
item(no_keys, #tab{ets = Ets, keypos = N}) -> length(lists:usort([element(N, O) || O <- ets:tab2list(Ets)]));
item(filename, #tab{file = File}) -> File;
item(file_size, #tab{file = File}) -> filelib:file_size(File);
item(access, #tab{access = Access}) -> Access;
item(auto_save, #tab{auto_save = Time}) -> Time;
item(ram_file, #tab{ram_file = B}) -> B;
item(Owner, #tab{pid = Pid}) when Owner =:= owner; Owner =:= pid -> Pid;
item(Asked, #tab{pid = Pid}) when Asked =:= users; Asked =:= safe_fixed; Asked =:= safe_fixed_monotonic_time -> ask(Pid, {info, Asked});
item(bchunk_format, #tab{type = Type, keypos = N}) -> term_to_binary({?MODULE, Type, N});
item(hash, _) -> phash2;
item(_, _) -> undefined.

%%% Changes

insert(Name, Objects) -> change(Name, {insert, objects(Name, Objects, [Name, Objects])}, [Name, Objects]).

insert_new(Name, Objects) -> change(Name, {insert_new, objects(Name, Objects, [Name, Objects])}, [Name, Objects]).

objects(Name, Objects, Args) ->
    #tab{keypos = N} = tab(Name, Args),
    List = if is_list(Objects) -> Objects; true -> [Objects] end,
    is_integer(catch length(List)) andalso lists:all(fun(O) -> is_tuple(O) andalso tuple_size(O) >= N end, List)
        orelse erlang:error(badarg, Args),
    List.

delete(Name, Key) -> change(Name, {delete, Key}, [Name, Key]).

delete_object(Name, Object) -> change(Name, {delete_object, hd(objects(Name, Object, [Name, Object]))}, [Name, Object]).

delete_all_objects(Name) -> change(Name, clear, [Name]).

match_delete(Name, Pattern) ->
    Tab = tab(Name, [Name, Pattern]),
    case change(Name, {delete_objects, ets:match_object(Tab#tab.ets, Pattern)}, [Name, Pattern]) of
        N when is_integer(N) -> ok;
        Error -> Error
    end.

select_delete(Name, Spec) ->
    Tab = tab(Name, [Name, Spec]),
    Found = try ets:select(Tab#tab.ets, [{Head, Guards, ['$_']} || {Head, Guards, [true]} <- checked(Spec)])
            catch error:_ -> erlang:error(badarg, [Name, Spec])
            end,
    change(Name, {delete_objects, Found}, [Name, Spec]).

checked(Spec) ->
    _ = ets:match_spec_compile(Spec),
    Spec.

update_counter(Name, Key, Change) ->
    case change(Name, {update_counter, Key, Change}, [Name, Key, Change]) of
        badarg -> erlang:error(badarg, [Name, Key, Change]);
        Value -> Value
    end.

change(Name, Change, Args) ->
    case tab(Name, Args) of
        #tab{access = read, file = File} -> {error, {access_mode, File}};
        #tab{pid = Pid} -> ask(Pid, {change, Change})
    end.

init_table(Name, Fun) -> init_table(Name, Fun, []).

%% The objects that a fun hands out, some at a time.
init_table(Name, Fun, Options) ->
    Args = [Name, Fun, Options],
    _ = tab(Name, Args),
    is_list(Options) andalso lists:all(fun init_option/1, Options) orelse erlang:error(badarg, Args),
    case handed_out(Fun, []) of
        {ok, Handed} ->
            Objects = case lists:member({format, bchunk}, Options) of
                          true -> lists:append([binary_to_term(B) || B <- Handed]);
                          false -> Handed
                      end,
            ok = change(Name, clear, [Name]),
            insert(Name, Objects);
        {error, _} = Error -> Error
    end.

init_option({min_no_slots, N}) -> N =:= default orelse (is_integer(N) andalso N >= 0);
init_option({format, F}) -> F =:= term orelse F =:= bchunk;
init_option(_) -> false.

handed_out(Fun, Acc) ->
    case Fun(read) of
        end_of_input -> {ok, lists:append(lists:reverse(Acc))};
        {Objects, Next} when is_list(Objects), is_function(Next, 1) -> handed_out(Next, [Objects | Acc]);
        Other ->
            catch Fun(close),
            {error, {init_fun, Other}}
    end.

from_ets(Name, Ets) ->
    case ask((tab(Name, [Name, Ets]))#tab.pid, {info, safe_fixed}) of
        false ->
            ok = change(Name, clear, [Name, Ets]),
            insert(Name, ets:tab2list(Ets));
        _ -> {error, {fixed_table, Name}}
    end.

to_ets(Name, Ets) ->
    true = ets:insert(Ets, ets:tab2list((tab(Name, [Name, Ets]))#tab.ets)),
    Ets.

%%% Reading

lookup(Name, Key) -> ets:lookup((tab(Name, [Name, Key]))#tab.ets, Key).

member(Name, Key) -> ets:member((tab(Name, [Name, Key]))#tab.ets, Key).

first(Name) -> ets:first((tab(Name, [Name]))#tab.ets).

next(Name, Key) ->
    Tab = tab(Name, [Name, Key]),
    try ets:next(Tab#tab.ets, Key)
    catch error:badarg -> '$end_of_table'
    end.

slot(Name, N) ->
    Tab = tab(Name, [Name, N]),
    is_integer(N) andalso N >= 0 orelse erlang:error(badarg, [Name, N]),
    try ets:slot(Tab#tab.ets, N)
    catch error:badarg -> '$end_of_table'
    end.

foldl(Fun, Acc, Name) -> ets:foldl(Fun, Acc, (tab(Name, [Fun, Acc, Name]))#tab.ets).

foldr(Fun, Acc, Name) -> ets:foldr(Fun, Acc, (tab(Name, [Fun, Acc, Name]))#tab.ets).

%% The fun says `continue`, {continue, Value} or {done, Value}; anything else is the answer.
traverse(Name, Fun) ->
    Tab = tab(Name, [Name, Fun]),
    Ref = make_ref(),
    Step = fun(Object, Acc) ->
                   case Fun(Object) of
                       continue -> Acc;
                       {continue, Value} -> [Value | Acc];
                       {done, Value} -> throw({Ref, [Value | Acc]});
                       Other -> throw({Ref, Other})
                   end
           end,
    try ets:foldl(Step, [], Tab#tab.ets)
    catch throw:{Ref, Answer} -> Answer
    end.

match(Name, Pattern) -> ets:match((tab(Name, [Name, Pattern]))#tab.ets, Pattern).
match(Name, Pattern, N) -> chunk(match, ets:match((tab(Name, [Name, Pattern, N]))#tab.ets, Pattern, count(N, [Name, Pattern, N]))).
match({?MODULE, match, Cont}) -> chunk(match, ets:match(Cont));
match(Cont) -> erlang:error(badarg, [Cont]).

match_object(Name, Pattern) -> ets:match_object((tab(Name, [Name, Pattern]))#tab.ets, Pattern).
match_object(Name, Pattern, N) ->
    chunk(match_object, ets:match_object((tab(Name, [Name, Pattern, N]))#tab.ets, Pattern, count(N, [Name, Pattern, N]))).
match_object({?MODULE, match_object, Cont}) -> chunk(match_object, ets:match_object(Cont));
match_object(Cont) -> erlang:error(badarg, [Cont]).

select(Name, Spec) -> selected(fun(Ets) -> ets:select(Ets, Spec) end, Name, [Name, Spec]).
select(Name, Spec, N) ->
    chunk(select, selected(fun(Ets) -> ets:select(Ets, Spec, count(N, [Name, Spec, N])) end, Name, [Name, Spec, N])).
select({?MODULE, select, Cont}) -> chunk(select, ets:select(Cont));
select(Cont) -> erlang:error(badarg, [Cont]).

selected(Select, Name, Args) ->
    Tab = tab(Name, Args),
    try Select(Tab#tab.ets)
    catch error:badarg -> erlang:error(badarg, Args)
    end.

count(default, _) -> ?CHUNK;
count(N, _) when is_integer(N), N > 0 -> N;
count(_, Args) -> erlang:error(badarg, Args).

chunk(_, '$end_of_table') -> '$end_of_table';
chunk(What, {Found, Cont}) -> {Found, {?MODULE, What, Cont}}.

safe_fixtable(Name, Fix) when is_boolean(Fix) -> ask((tab(Name, [Name, Fix]))#tab.pid, {fix, Fix, self()}).

repair_continuation({?MODULE, select, Cont}, Spec) -> {?MODULE, select, ets:repair_continuation(Cont, Spec)};
repair_continuation(Cont, Spec) -> erlang:error(badarg, [Cont, Spec]).

%% All objects at once.
bchunk(Name, start) -> {{?MODULE, bchunk, Name}, [term_to_binary(ets:tab2list((tab(Name, [Name, start]))#tab.ets))]};
bchunk(_, {?MODULE, bchunk, _}) -> '$end_of_table'.

is_compatible_bchunk_format(Name, Format) -> info(Name, bchunk_format) =:= Format.

%%% The process that knows the tables

server() ->
    Prepare = fun() ->
        process_flag(trap_exit, true),
        ?TABLES = ets:new(?TABLES, [named_table, public, {keypos, #tab.name}, {read_concurrency, true}])
    end,
    transom_once:process(dets, Prepare, fun server_loop/0).

%% A table that is closing is waited for, so that it can be opened again.
server_loop() ->
    receive
        {ask, {From, Ref}, {open, Name, Options, User}} ->
            From ! {Ref, opened(Name, Options, User)},
            server_loop();
        {'EXIT', Pid, _} ->
            ets:match_delete(?TABLES, #tab{pid = Pid, _ = '_'}),
            server_loop();
        stop -> [ask(Pid, stop) || #tab{pid = Pid} <- ets:tab2list(?TABLES)];
        _ -> server_loop()
    end.

opened(Name, Options, User) ->
    case ets:lookup(?TABLES, Name) of
        [Tab] ->
            case agrees(Tab, Options) of
                true ->
                    try ask(Tab#tab.pid, {open, User})
                    catch exit:_ -> new(Name, Options, User)
                    end;
                false -> {error, incompatible_arguments}
            end;
        [] -> new(Name, Options, User)
    end.

agrees(#tab{file = File, type = Type, keypos = N, access = Access, ram_file = Ram}, Options) ->
    Options =:= Options#{file := File, type := Type, keypos := N, access := Access, ram_file := Ram}.

new(Name, Options, User) ->
    Self = self(),
    Pid = spawn_link(fun() -> table_init(Self, Name, Options, User) end),
    receive
        {Pid, Answer} -> Answer;
        {'EXIT', Pid, Reason} -> {error, Reason}
    end.

ask(Pid, Request) ->
    Mon = erlang:monitor(process, Pid),
    Pid ! {ask, {self(), Mon}, Request},
    receive
        {Mon, Answer} ->
            erlang:demonitor(Mon, [flush]),
            Answer;
        {'DOWN', Mon, _, _, Reason} -> exit(Reason)
    end.

%%% The process of a table

table_init(Starter, Name, #{file := File, type := Type, keypos := KeyPos} = Options, User) ->
    Ets = ets:new(dets_table, [Type, protected, {keypos, KeyPos}, {read_concurrency, true}]),
    #{access := Access, auto_save := Time, ram_file := Ram} = Options,
    Tab = #tab{name = Name, pid = self(), ets = Ets, file = File, type = Type, keypos = KeyPos, access = Access, auto_save = Time,
               ram_file = Ram},
    case loaded(Tab, Options) of
        {ok, Fd, Changes} ->
            ets:insert(?TABLES, Tab),
            St = added(User, #st{tab = Tab, fd = Fd, changes = Changes}),
            Starter ! {self(), {ok, Name}},
            is_integer(Time) andalso erlang:send_after(Time, self(), auto_save),
            loop(St);
        {error, _} = Error ->
            unlink(Starter),
            Starter ! {self(), Error}
    end.

%% Reads the file, or makes one.
loaded(#tab{file = File, access = Access} = Tab, #{repair := Repair}) ->
    case file:read_file(File) of
        {ok, Bytes} -> restored(Tab, Bytes, Repair);
        {error, enoent} when Access =:= read_write -> created(Tab);
        {error, Reason} -> {error, {file_error, File, Reason}}
    end.

created(#tab{file = File, ram_file = true} = Tab) ->
    case dumped(Tab) of
        ok -> {ok, none, 0};
        {error, Reason} -> {error, {file_error, File, Reason}}
    end;
created(#tab{file = File} = Tab) ->
    case dumped(Tab) of
        ok -> append(File, 0);
        {error, Reason} -> {error, {file_error, File, Reason}}
    end.

append(File, Changes) ->
    case file:open(File, [append, raw, binary]) of
        {ok, Fd} -> {ok, Fd, Changes};
        {error, Reason} -> {error, {file_error, File, Reason}}
    end.

restored(#tab{file = File, type = Type, keypos = KeyPos, ets = Ets} = Tab, Bytes, Repair) ->
    case changes(Bytes) of
        {[{table, Type, KeyPos} | Changes], Whole} ->
            case Whole =:= byte_size(Bytes) orelse Repair =/= false of
                true ->
                    lists:foreach(fun(C) -> apply_change(C, Ets) end, Changes),
                    reopened(Tab, length(Changes), Whole);
                false -> {error, {needs_repair, File}}
            end;
        {[{table, Type, _} | _], _} -> {error, {keypos_mismatch, File}};
        {[{table, _, _} | _], _} -> {error, {type_mismatch, File}};
        _ -> {error, {not_a_dets_file, File}}
    end.

reopened(#tab{access = read}, Changes, _) -> {ok, none, Changes};
reopened(#tab{ram_file = true}, Changes, _) -> {ok, none, Changes};
reopened(#tab{file = File}, Changes, Whole) ->
    case filelib:file_size(File) of
        Whole -> append(File, Changes);
        _ ->
            {ok, Fd} = file:open(File, [read, write, raw]),
            {ok, _} = file:position(Fd, Whole),
            ok = file:truncate(Fd),
            ok = file:close(Fd),
            append(File, Changes)
    end.

%% The whole changes of a file and how many bytes they are; none when it is no table.
changes(<<"TDETS1\n", Rest/binary>>) -> changes(Rest, byte_size(?MAGIC), []);
changes(_) -> none.

changes(<<Size:32, Crc:32, Bytes:Size/binary, Rest/binary>>, At, Acc) ->
    case erlang:crc32(Bytes) of
        Crc -> changes(Rest, At + 8 + Size, [binary_to_term(Bytes) | Acc]);
        _ -> {lists:reverse(Acc), At}
    end;
changes(_, At, Acc) -> {lists:reverse(Acc), At}.

framed(Change) ->
    Bytes = term_to_binary(Change),
    [<<(byte_size(Bytes)):32, (erlang:crc32(Bytes)):32>>, Bytes].

%% The file anew, beside the old one until it is whole.
dumped(#tab{file = File, type = Type, keypos = KeyPos, ets = Ets}) ->
    Temporary = File ++ ".TMP",
    case file:write_file(Temporary, [?MAGIC, framed({table, Type, KeyPos}), framed({insert, ets:tab2list(Ets)})]) of
        ok -> file:rename(Temporary, File);
        Error -> Error
    end.

added(User, #st{users = Users} = St) ->
    {Count, Mon} = case Users of
                       #{User := {N, M}} -> {N, M};
                       #{} -> {0, erlang:monitor(process, User)}
                   end,
    St#st{users = Users#{User => {Count + 1, Mon}}}.

loop(#st{tab = Tab} = St) ->
    receive
        {ask, {From, Ref}, Request} ->
            case handle(Request, St) of
                {reply, Answer, New} ->
                    From ! {Ref, Answer},
                    loop(New);
                {stop, Answer, New} ->
                    ended(New),
                    From ! {Ref, Answer}
            end;
        {'DOWN', _, process, User, _} ->
            case left(User, St) of
                #st{users = Users} = New when map_size(Users) =:= 0 -> ended(New);
                New -> loop(New)
            end;
        auto_save ->
            _ = synced(St),
            erlang:send_after(Tab#tab.auto_save, self(), auto_save),
            loop(St);
        _ -> loop(St)
    end.

handle({open, User}, #st{tab = #tab{name = Name}} = St) -> {reply, {ok, Name}, added(User, St)};
handle({close, User}, #st{users = Users} = St) ->
    case Users of
        #{User := {1, Mon}} ->
            erlang:demonitor(Mon, [flush]),
            New = left(User, St),
            case New#st.users of
                None when map_size(None) =:= 0 -> {stop, ok, New};
                _ -> {reply, ok, New}
            end;
        #{User := {N, Mon}} -> {reply, ok, St#st{users = Users#{User := {N - 1, Mon}}}};
        #{} -> {reply, {error, not_owner}, St}
    end;
handle(stop, St) -> {stop, ok, St};
handle(sync, St) -> {reply, synced(St), St};
handle({info, users}, #st{users = Users} = St) -> {reply, maps:keys(Users), St};
handle({info, _}, #st{fixed = []} = St) -> {reply, false, St};
handle({info, safe_fixed}, #st{fixed = Fixed, fixed_at = {_, System}} = St) -> {reply, {System, Fixed}, St};
handle({info, safe_fixed_monotonic_time}, #st{fixed = Fixed, fixed_at = {Monotonic, _}} = St) -> {reply, {Monotonic, Fixed}, St};
handle({fix, Fix, User}, St) -> {reply, ok, fixed(Fix, User, St)};
handle({change, Change}, #st{tab = Tab} = St) ->
    {Answer, Written} = changed(Change, Tab),
    {reply, Answer, lists:foldl(fun write/2, St, Written)}.

left(User, #st{users = Users, fixed = Fixed} = St) -> St#st{users = maps:remove(User, Users), fixed = lists:keydelete(User, 1, Fixed)}.

fixed(true, User, #st{fixed = Fixed, fixed_at = At} = St) ->
    Count = proplists:get_value(User, Fixed, 0),
    Now = case Fixed of
              [] -> {erlang:monotonic_time(), erlang:timestamp()};
              _ -> At
          end,
    St#st{fixed = lists:keystore(User, 1, Fixed, {User, Count + 1}), fixed_at = Now};
fixed(false, User, #st{fixed = Fixed} = St) ->
    case proplists:get_value(User, Fixed, 0) of
        N when N > 1 -> St#st{fixed = lists:keyreplace(User, 1, Fixed, {User, N - 1})};
        _ -> St#st{fixed = lists:keydelete(User, 1, Fixed)}
    end.

%% What a change answers, and what of it is written.
changed({insert, []}, _) -> {ok, []};
changed({insert_new, Objects}, #tab{ets = Ets}) ->
    case ets:insert_new(Ets, Objects) of
        true -> {true, [{insert, Objects}]};
        false -> {false, []}
    end;
changed({update_counter, Key, Change}, #tab{ets = Ets}) ->
    try ets:update_counter(Ets, Key, Change) of
        Value -> {Value, [{insert, ets:lookup(Ets, Key)}]}
    catch error:badarg -> {badarg, []}
    end;
changed({delete_objects, []}, _) -> {0, []};
changed({delete_objects, Objects} = Change, #tab{ets = Ets}) ->
    apply_change(Change, Ets),
    {length(Objects), [Change]};
changed(Change, #tab{ets = Ets}) ->
    apply_change(Change, Ets),
    {ok, [Change]}.

apply_change({insert, Objects}, Ets) -> ets:insert(Ets, Objects);
apply_change({delete, Key}, Ets) -> ets:delete(Ets, Key);
apply_change({delete_object, Object}, Ets) -> ets:delete_object(Ets, Object);
apply_change({delete_objects, Objects}, Ets) -> lists:foreach(fun(O) -> ets:delete_object(Ets, O) end, Objects);
apply_change(clear, Ets) -> ets:delete_all_objects(Ets).

write(_, #st{fd = none} = St) -> St;
write(Change, #st{fd = Fd, changes = N} = St) ->
    ok = file:write(Fd, framed(Change)),
    St#st{changes = N + 1}.

synced(#st{tab = #tab{access = read}}) -> ok;
synced(#st{tab = #tab{ram_file = true} = Tab}) -> dumped(Tab);
synced(#st{fd = Fd}) -> file:datasync(Fd).

ended(#st{tab = #tab{name = Name, access = Access, ram_file = Ram, ets = Ets} = Tab, fd = Fd, changes = Changes}) ->
    _ = Fd =/= none andalso file:close(Fd),
    _ = Access =:= read_write andalso (Ram orelse Changes > 2 * ets:info(Ets, size) + 10) andalso dumped(Tab),
    ets:delete(?TABLES, Name).

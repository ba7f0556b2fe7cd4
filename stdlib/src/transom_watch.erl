%% `transom run --watch`: what changes on disk runs as soon as it is saved.
%%
%% The operating system tells of changes in the directories of all sources of loaded modules and of every header they read; where it does not
%% (network file systems, no more watches to be had), these files are looked at 40 times a second, else once a second. A
%% file counts as changed when its change time, size or inode does, or its content within the same second: a change time cannot be set
%% back, so a rename over the file, a write in place and a restored modification time are all seen. A change is taken up when nothing more has changed for
%% one look, so that a half-written file or a checkout of fifty files is one reload. What does not compile is reported and the old
%% code runs on; so is a reload that is refused.
-module(transom_watch).

-include_lib("kernel/include/file.hrl").

-export([start/0, start/1, stop/0, init/1, loop/1]).

-define(LOOK_MS, 25).
-define(SELDOM_MS, 1000).
%% Nothing more changes for so long: what was written is whole.
-define(QUIET_MS, 10).
%% A storm of saves is not waited for longer than this.
-define(PATIENCE_MS, 500).

start() -> start(#{}).

%% report => fun((iodata()) -> any()): where reports go, standard error by default.
start(Opts) ->
    {Pid, Mon} = spawn_monitor(?MODULE, init, [{self(), Opts}]),
    receive
        {Pid, ready} ->
            erlang:demonitor(Mon, [flush]),
            {ok, Pid};
        {'DOWN', Mon, _, _, Why} -> {error, Why}
    end.

stop() ->
    case whereis(?MODULE) of
        undefined -> ok;
        Pid ->
            Mon = erlang:monitor(process, Pid),
            Pid ! stop,
            receive {'DOWN', Mon, _, _, _} -> ok end
    end.

init({Starter, Opts}) ->
    St = look(#{report => maps:get(report, Opts, fun(Text) -> io:put_chars(standard_error, Text) end), said => [], undone => []}, #{}),
    %% Who finds it by its name finds it watching.
    true = register(?MODULE, self()),
    Starter ! {self(), ready},
    loop(recent(St)).

%% What was saved after the program was read and before it was watched. Times have a grain of a second, so that most of these are what runs; their
%% reload changes nothing.
recent(#{stamps := Stamps} = St) ->
    Begin = erlang:convert_time_unit(erlang:system_info(start_time) + erlang:time_offset(), native, second) - 1,
    case [F || F := {_, _, M, C, _} <- Stamps, C >= Begin orelse M >= Begin] of
        [] -> St;
        Files -> changed(Files, Stamps, St)
    end.

loop(#{watch := Watch} = St) ->
    receive
        stop -> ok;
        {directory_changed} -> looked(St)
    after case Watch of none -> ?LOOK_MS; _ -> ?SELDOM_MS end -> looked(St)
    end.

looked(#{stamps := Stamps, dirs := Dirs} = St) ->
    taken(St),
    Files = stamps(maps:keys(Stamps)),
    case different(Stamps, Files) =:= [] andalso different(Dirs, stamps(maps:keys(Dirs))) =:= [] of
        true -> ?MODULE:loop(St#{stamps := Files});
        false -> ?MODULE:loop(settled(Files, erlang:monotonic_time(millisecond) + ?PATIENCE_MS, St))
    end.

%% Changes are told again from here on.
taken(#{watch := none}) -> ok;
taken(#{watch := Watch}) -> erts_internal:watch_taken(Watch).

%% Waits until two looks in a row see the same.
settled(Seen, End, St) ->
    receive after ?QUIET_MS -> ok end,
    Now = stamps(maps:keys(Seen)),
    case different(Seen, Now) =:= [] orelse erlang:monotonic_time(millisecond) >= End of
        true -> changed(St);
        false -> settled(Now, End, St)
    end.

changed(#{stamps := Before} = St) ->
    %% Seen before the reload reads the files: what is saved meanwhile is seen as different at the next look.
    Now = maps:merge(stamps(maps:keys(Before)), stamps(maps:keys(maps:get(dirs, St)))),
    changed(different(Before, Now), Now, St).

%% Sources that changed, sources that read a changed header, new sources, and what an earlier save has left undone. Others that may be
%% broken on disk since before the watch are in nobody's way.
changed(Files, Now, #{units := Units, undone := Undone} = St) ->
    Changed = maps:from_list([{F, true} || F <- Files]),
    Affected = [P || {P, Hs} <- Units, lists:any(fun(F) -> is_map_key(F, Changed) end, [P | Hs])],
    New = fresh(St),
    {There, Gone} = lists:partition(fun filelib:is_regular/1, lists:usort(Undone ++ Affected ++ New)),
    Answer = try reload(There)
             catch Class:Reason -> {error, #{result => failed, refusals => [{'R000', undefined, 1, io_lib:format("~tp:~tp", [Class, Reason])}]}}
             end,
    Left = case Answer of
               {ok, _} -> [];
               {error, _} -> There
           end,
    look((say(Answer, Gone, St))#{undone := Left, tried => New}, Now).

reload([]) -> {ok, #{result => unchanged}};
reload(Files) -> transom_reload:reload(Files, #{by => watch}).

%% Sources that were not there before; others of the directory that nobody loaded stay unloaded.
fresh(#{known := Known, dirs := Dirs}) -> [F || F <- listed(maps:keys(Dirs)), not is_map_key(F, Known), complete(F)].

listed(Dirs) -> [F || D <- Dirs, F <- filelib:wildcard(filename:join(D, "*.erl"))].

%% An editor's scratch file has no module attribute.
complete(File) ->
    case prim_file:read_file(File) of
        {ok, Text} -> binary:match(Text, <<"-module(">>) =/= nomatch;
        _ -> false
    end.

%% The same trouble is told once.
say({ok, #{result := unchanged}}, [], St) -> St#{said := []};
say({Kind, Report}, Gone, #{report := Print, said := Said} = St) ->
    Text = iolist_to_binary([[["transom: ", P, " is gone; its module runs on\n"] || P <- Gone], text(Kind, Report)]),
    case Text of
        Said -> St;
        _ ->
            Print(Text),
            St#{said := Text}
    end.

text(ok, #{result := reloaded, modules := Ms} = R) ->
    Us = maps:get(compile_us, R) + maps:get(switch_us, R),
    [[[W, $\n] || {W, _} <- maps:get(warnings, R)],
     unicode:characters_to_binary(
       io_lib:format("transom: reloaded ~ts in ~.1f ms~ts~n",
                     [lists:join(", ", [io_lib:format("~ts@~w", [M, V]) || #{module := M, to := V, unchanged := false} <- Ms]), Us / 1000,
                      case maps:get(in_old, R) of
                          [] -> "";
                          Old -> io_lib:format("; ~w process(es) finish in old code", [lists:sum([length(Ps) || {_, Ps} <- Old])])
                      end]))];
text(_, Report) -> unicode:characters_to_binary(transom_reload_text:format(Report#{modules => [], processes => []})).

%% What there is to watch now; Seen has the stamps of what was watched already.
look(St, Seen0) ->
    %% Before the sources are read: what is saved meanwhile is seen as different at the next look.
    Seen = maps:merge(stamps([P || {_, P} <- transom_source:candidates(), not is_map_key(P, Seen0)]), Seen0),
    Read = transom_reload:sources(all),
    Files = lists:usort(lists:append([[P | Hs] || {P, Hs} <- Read])),
    Dirs = lists:usort([filename:dirname(P) || {P, _} <- Read]),
    Stamp = fun(L) -> maps:merge(stamps([F || F <- L, not is_map_key(F, Seen)]), maps:with(L, Seen)) end,
    watched(Dirs, St#{units => Read, stamps => Stamp(Files), dirs => Stamp(Dirs), known => known(Dirs, St)}).

%% Headers may lie where no source does, and those of the library in no directory at all.
watched(Dirs, #{stamps := Stamps} = St) ->
    All = lists:usort([D || D <- Dirs ++ [filename:dirname(F) || F := _ <- Stamps], filelib:is_dir(D)]),
    case St of
        #{watching := All} -> St;
        #{} ->
            case erts_internal:watch_directories(All) of
                {ok, Watch} -> St#{watch => Watch, watching => All};
                {error, _} -> St#{watch => none, watching => All}
            end
    end.

%% A source that came since the last look into a directory that was watched before is not known yet.
known(Dirs, #{known := Known, dirs := Before, tried := Tried}) ->
    New = [F || F <- listed([D || D <- Dirs, not is_map_key(D, Before)])],
    maps:merge(Known, maps:from_list([{F, true} || F <- New ++ Tried]));
known(Dirs, _) -> maps:from_list([{F, true} || F <- listed(Dirs)]).

stamps(Files) ->
    Now = erlang:system_time(second),
    maps:from_list([{F, stamp(F, Now)} || F <- Files]).

different(Before, Now) -> [F || F := S <- Before, not same(F, S, maps:get(F, Now))].

%% Times have a grain of a second: what changed just now is told apart by its content. One that was read while its second went on may have
%% changed once more in it.
same(File, {Size, I, M, C, {open, Hash}}, {Size, I, M, C, old}) -> content(File) =:= Hash;
same(_, {Size, I, M, C, A}, {Size, I, M, C, B}) -> A =:= old orelse B =:= old orelse element(2, A) =:= element(2, B);
same(_, A, B) -> A =:= B.

stamp(File, Now) ->
    case prim_file:read_file_info(File) of
        {ok, #file_info{type = Type, size = Size, inode = Inode, mtime = M, ctime = C}} ->
            Content = case Type of
                          directory -> {listed, lists:sort(element(2, prim_file:list_dir(File)))};
                          _ when C + 1 >= Now; M + 1 >= Now -> {open, content(File)};
                          _ when C + 2 >= Now; M + 2 >= Now -> {closed, content(File)};
                          _ -> old
                      end,
            {Size, Inode, M, C, Content};
        {error, _} -> none
    end.

content(File) ->
    case prim_file:read_file(File) of
        {ok, Bytes} -> erlang:md5(Bytes);
        {error, _} -> none
    end.

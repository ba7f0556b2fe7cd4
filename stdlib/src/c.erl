%% The commands of the shell: compile and load, what runs, what is loaded, files.
-module(c).
-export([help/0, c/1, c/2, c/3, lc/1, nc/1, nc/2, l/1, lm/0, mm/0, nl/1, m/0, m/1]).
-export([i/0, i/1, i/3, ni/0, pid/3, regs/0, nregs/0, bt/1, flush/0, memory/0, memory/1, uptime/0]).
-export([cd/1, pwd/0, ls/0, ls/1, q/0, erlangrc/0, erlangrc/1, y/1, y/2, xm/1]).
-export([h/1, h/2, h/3, ht/1, ht/2, ht/3, hcb/1, hcb/2, hcb/3]).

help() ->
    io:put_chars(
        "bt(Pid)    -- stack backtrace for a process\n"
        "c(Mod)     -- compile and load module or file <Mod>\n"
        "cd(Dir)    -- change working directory\n"
        "flush()    -- flush any messages sent to the shell\n"
        "help()     -- help info\n"
        "h(M)       -- module documentation\n"
        "h(M,F)     -- module function documentation\n"
        "h(M,F,A)   -- module function arity documentation\n"
        "i()        -- information about the system\n"
        "ni()       -- information about the networked system\n"
        "i(X,Y,Z)   -- information about pid <X,Y,Z>\n"
        "l(Module)  -- load or reload module\n"
        "lm()       -- load all modified modules\n"
        "lc([File]) -- compile a list of Erlang modules\n"
        "ls()       -- list files in the current directory\n"
        "ls(Dir)    -- list files in directory <Dir>\n"
        "m()        -- which modules are loaded\n"
        "m(Mod)     -- information about module <Mod>\n"
        "mm()       -- list all modified modules\n"
        "memory()   -- memory allocation information\n"
        "memory(T)  -- memory allocation information of type <T>\n"
        "nc(File)   -- compile and load code in <File> on all nodes\n"
        "nl(Module) -- load module on all nodes\n"
        "pid(X,Y,Z) -- convert X,Y,Z to a Pid\n"
        "pwd()      -- print working directory\n"
        "q()        -- quit - shorthand for init:stop()\n"
        "regs()     -- information about registered processes\n"
        "nregs()    -- information about all registered processes\n"
        "uptime()   -- print node uptime\n"
        "xm(M)      -- cross reference check a module\n"
        "y(File)    -- generate a Yecc parser\n"
    ),
    ok.

%%% Compile and load

c(File) -> c(File, []).

%% A source file of that name here is compiled; else a module is compiled again from where its source was, with the options of that time
%% behind the new ones. Loading purges the version before the current one.
c(File, Options) when is_list(Options) ->
    case source(File) of
        {ok, Source} -> compile_and_load(Source, Options ++ transom_source:project_options(Source));
        error when is_atom(File) -> c(File, Options, fun(_) -> true end);
        error -> compile_and_load(File, Options)
    end;
c(File, Option) -> c(File, [Option]).

%% Filter says which of the old options stay.
c(Module, Options, Filter) when is_atom(Module) ->
    case compiled_from(Module) of
        {ok, Source, Old, Dir} ->
            New = Options ++ lists:filter(Filter, Old),
            io:format("Recompiling ~ts\n", [Source]),
            compile_and_load(Source, [{outdir, Dir} | New]);
        Error -> Error
    end.

source(File) ->
    Name = case File of
        _ when is_atom(File) -> atom_to_list(File);
        _ -> File
    end,
    Candidates = [Name, filename:rootname(Name, ".erl") ++ ".erl"],
    case [F || F <- Candidates, filename:extension(F) =:= ".erl", filelib:is_regular(F)] of
        [Source | _] -> {ok, Source};
        [] -> error
    end.

%% Source, options and the directory of the object file. A module that was compiled in memory has no object file: a new one comes here.
compiled_from(Module) ->
    case code:which(Module) of
        preloaded when Module =:= erlang; Module =:= init -> {error, preloaded};
        non_existing -> {error, non_existing};
        Object ->
            Info = try Module:module_info(compile) catch error:undef -> [] end,
            Dir = case is_list(Object) andalso filename:extension(Object) =:= code:objfile_extension() of
                true -> filename:dirname(Object);
                false -> "."
            end,
            case source_of(proplists:get_value(source, Info), Object) of
                {ok, Source} -> {ok, Source, lists:uniq(proplists:get_value(options, Info, []) ++ transom_source:project_options(Source)), Dir};
                {error, _} -> {error, no_source}
            end
    end.

source_of(Source, Object) ->
    case is_list(Source) andalso filelib:is_regular(Source) of
        true -> {ok, Source};
        false when is_list(Object), Object =/= [] -> filelib:find_source(Object);
        false -> {error, not_found}
    end.

compile_and_load(Source, Options0) ->
    Options = [report, verbose | Options0],
    case compile:file(Source, Options) of
        {ok, Module} -> load_compiled(Module, Source, Options0);
        {ok, Module, _Warnings} when is_atom(Module) -> load_compiled(Module, Source, Options0);
        {ok, _, _} = Binary -> Binary;
        {error, _, _} -> error;
        Other -> Other
    end.

load_compiled(Module, Source, Options) ->
    Dir = proplists:get_value(outdir, Options, "."),
    File = filename:join(Dir, filename:basename(Source, ".erl")),
    Object = filename:absname(File) ++ code:objfile_extension(),
    case file:read_file(Object) of
        {ok, Binary} -> loaded(code:load_binary(Module, Object, Binary));
        {error, _} -> loaded(code:load_abs(File, Module))
    end.

loaded({module, Module}) -> {ok, Module};
loaded(Other) -> Other.

%% Compiles what is listed; files that fail have said so.
lc(Files) ->
    [compile:file(to_name(F), [report]) || F <- Files],
    ok.

to_name(F) when is_atom(F) -> atom_to_list(F);
to_name(F) -> F.

nc(File) -> nc(File, []).

%% There is one node: compiled here, loaded here.
nc(File, Options) when is_list(Options) ->
    case compile:file(to_name(File), [report | Options]) of
        {ok, Module} ->
            nl(Module),
            {ok, Module};
        Other -> Other
    end;
nc(File, Option) -> nc(File, [Option]).

%% The old code goes only when there is something to load, unlike in OTP.
l(Module) ->
    case code:get_object_code(Module) of
        {Module, Binary, File} -> code:load_binary(Module, File, Binary);
        error ->
            case code:load_file(Module) of
                {error, not_purged} ->
                    code:purge(Module),
                    code:load_file(Module);
                Answer -> Answer
            end
    end.

lm() -> [l(M) || M <- mm()].

mm() -> code:modified_modules().

%% On one node this loads the module here; sent like OTP's answer abcast.
nl(Module) ->
    case code:get_object_code(Module) of
        {_, Binary, File} ->
            _ = code:load_binary(Module, File, Binary),
            abcast;
        error -> error
    end.

%%% Modules

m() ->
    mformat("Module", "File"),
    lists:foreach(fun({M, F}) -> mformat(M, F) end, lists:sort(code:all_loaded())).

mformat(M, F) when is_atom(F) -> mformat(M, atom_to_list(F));
mformat(M, F) -> io:format("~-20ts  ~ts~n", [to_chars(M), short(F)]).

to_chars(M) when is_atom(M) -> atom_to_list(M);
to_chars(M) -> M.

short(F) ->
    case string:length(F) of
        N when N > 57 -> ["..", string:slice(F, N - 55)];
        _ -> F
    end.

m(M) ->
    Info = M:module_info(),
    io:format("Module: ~w~n", [M]),
    case proplists:get_value(md5, Info) of
        <<Md5:128>> -> io:format("MD5: ~.16b~n", [Md5]);
        _ -> ok
    end,
    Compile = proplists:get_value(compile, Info, []),
    [io:format("Compiled: ~ts~n", [time(T)]) || {time, T} <- Compile],
    io:format("Object file: ~ts~n", [object_file(M)]),
    io:format("Compiler options:  ~tp~n", [proplists:get_value(options, Compile, [])]),
    io:format("Exports: ~n"),
    exports(lists:sort(proplists:get_value(exports, Info))).

time({Y, Mo, D, H, Mi, S}) -> io_lib:format("~w-~2..0w-~2..0w ~2..0w:~2..0w:~2..0w", [Y, Mo, D, H, Mi, S]).

object_file(M) ->
    case code:which(M) of
        F when is_list(F) -> F;
        F -> atom_to_list(F)
    end.

%% Two columns when there is more than can be seen in one.
exports(Es) when length(Es) > 15 ->
    {Left, Right} = lists:split((length(Es) + 1) div 2, Es),
    two_columns(Left, Right);
exports(Es) -> [io:format("         ~ts~n", [fa(E)]) || E <- Es], ok.

two_columns([L | Ls], [R | Rs]) ->
    io:format("         ~-30ts~ts~n", [fa(L), fa(R)]),
    two_columns(Ls, Rs);
two_columns([L], []) -> io:format("         ~ts~n", [fa(L)]);
two_columns([], []) -> ok.

fa({F, A}) -> io_lib:format("~tw/~w", [F, A]).

%%% Processes

i() -> table(processes()).

i(Pids) -> table(Pids).

ni() -> i().

table(Pids) ->
    iformat("Pid", "Initial Call", "Heap", "Reds", "Msgs"),
    iformat2("Registered", "Current Function", "Stack", ""),
    Sums = lists:foldl(
        fun(Pid, {R, M, H, S}) ->
            case process_info(Pid, [registered_name, initial_call, current_function, reductions, message_queue_len, heap_size, stack_size, dictionary]) of
                undefined -> {R, M, H, S};
                Info -> row(Pid, Info, {R, M, H, S})
            end
        end,
        {0, 0, 0, 0},
        Pids
    ),
    {R, M, H, S} = Sums,
    iformat("Total", "", integer_to_list(H), integer_to_list(R), integer_to_list(M)),
    iformat2("", "", integer_to_list(S), "").

row(Pid, Info, {R, M, H, S}) ->
    Get = fun(K) -> {K, V} = lists:keyfind(K, 1, Info), V end,
    {Reds, Msgs, Heap, Stack} = {Get(reductions), Get(message_queue_len), Get(heap_size), Get(stack_size)},
    iformat(pid_to_list(Pid), mfa(initial(Get(initial_call), Get(dictionary))), integer_to_list(Heap), integer_to_list(Reds), integer_to_list(Msgs)),
    iformat2(name(Get(registered_name)), mfa(Get(current_function)), integer_to_list(Stack), ""),
    {R + Reds, M + Msgs, H + Heap, S + Stack}.

%% Behaviours keep the call that made them in the dictionary.
initial({proc_lib, init_p, _} = Call, Dictionary) ->
    case lists:keyfind('$initial_call', 1, Dictionary) of
        {_, {_, _, _} = MFA} -> MFA;
        _ -> Call
    end;
initial(Call, _) -> Call.

name([]) -> "";
name(N) -> atom_to_list(N).

mfa({M, F, A}) -> io_lib:format("~tw:~tw/~w", [M, F, A]);
mfa(undefined) -> "undefined";
mfa(_) -> "".

iformat(A1, A2, A3, A4, A5) -> io:format("~-21ts ~-33ts ~8s ~8s ~4s~n", [cut(A1, 21), cut(A2, 33), A3, A4, A5]).

iformat2(A1, A2, A3, A4) -> io:format("~-21ts ~-33ts ~8s              ~s~n", [cut(A1, 21), cut(A2, 33), A3, A4]).

cut(Text, N) -> string:slice(Text, 0, N).

i(X, Y, Z) -> process_info(pid(X, Y, Z)).

pid(X, Y, Z) ->
    list_to_pid("<" ++ integer_to_list(X) ++ "." ++ integer_to_list(Y) ++ "." ++ integer_to_list(Z) ++ ">").

regs() ->
    io:format("~n** Registered procs on node ~w **~n", [node()]),
    rformat("Name", "Pid", "Initial Call", "Reds", "Msgs"),
    [begin
         {reductions, Reds} = process_info(Pid, reductions),
         {message_queue_len, Msgs} = process_info(Pid, message_queue_len),
         {initial_call, Call} = process_info(Pid, initial_call),
         {dictionary, D} = process_info(Pid, dictionary),
         rformat(Name, pid_to_list(Pid), mfa(initial(Call, D)), integer_to_list(Reds), integer_to_list(Msgs))
     end || Name <- lists:sort(registered()), Pid <- [whereis(Name)], is_pid(Pid), process_info(Pid, status) =/= undefined],
    Ports = [{Name, Port} || Name <- lists:sort(registered()), Port <- [whereis(Name)], is_port(Port)],
    io:format("~n** Registered ports on node ~w **~n", [node()]),
    io:format("~-21ts ~-15ts ~ts~n", ["Name", "Id", "Command"]),
    [io:format("~-21ts ~-15ts ~tp~n", [N, erlang:port_to_list(P), erlang:port_info(P, name)]) || {N, P} <- Ports],
    ok.

rformat(Name, Pid, Call, Reds, Msgs) -> io:format("~-21ts ~-12ts ~-25ts ~12s ~4s~n", [to_chars(Name), Pid, cut(Call, 25), Reds, Msgs]).

nregs() -> regs().

bt(Pid) ->
    case catch erlang:process_display(Pid, backtrace) of
        {'EXIT', _} -> undefined;
        _ -> ok
    end.

flush() ->
    receive
        M ->
            io:format("Shell got ~tp~n", [M]),
            flush()
    after 0 -> ok
    end.

memory() -> erlang:memory().

memory(Type) -> erlang:memory(Type).

uptime() ->
    {Millis, _} = statistics(wall_clock),
    {Days, {Hours, Minutes, Seconds}} = calendar:seconds_to_daystime(Millis div 1000),
    Larger = lists:dropwhile(fun({N, _}) -> N =:= 0 end, [{Days, "days"}, {Hours, "hours"}, {Minutes, "minutes"}]),
    io:format("~s~w seconds~n", [[io_lib:format("~w ~s, ", [N, Unit]) || {N, Unit} <- Larger], Seconds]).

%%% Files

pwd() ->
    {ok, Dir} = file:get_cwd(),
    io:format("~ts\n", [Dir]).

cd(Dir) ->
    case file:set_cwd(Dir) of
        ok -> pwd();
        {error, _} -> pwd()
    end.

reason(Why) ->
    case file:format_error(Why) of
        Text when is_list(Text) -> Text;
        _ -> io_lib:format("~tp", [Why])
    end.

ls() -> ls(".").

ls(Dir0) ->
    Dir = case is_atom(Dir0) of true -> atom_to_list(Dir0); false -> Dir0 end,
    case file:list_dir(Dir) of
        {ok, Entries} -> columns(lists:sort(Entries));
        {error, enotdir} -> columns([Dir]);
        {error, Why} -> io:format("~ts\n", [reason(Why)])
    end.

columns([]) -> ok;
columns(Names) ->
    Width = lists:max([string:length(N) || N <- Names]) + 5,
    PerLine = max(1, 80 div Width),
    lines(Names, Width, PerLine, PerLine).

lines([], _, N, N) -> ok;
lines([], _, _, _) -> io:nl();
lines(Names, Width, 0, PerLine) ->
    io:nl(),
    lines(Names, Width, PerLine, PerLine);
lines([Name | Names], Width, Left, PerLine) ->
    io:put_chars(string:pad(Name, Width)),
    case {Names, Left} of
        %% A full last line is followed by an empty one, as in OTP.
        {[], 1} -> io:put_chars("\n\n");
        _ -> lines(Names, Width, Left - 1, PerLine)
    end.

q() -> init:stop().

erlangrc() -> {error, enoent}.
erlangrc(_) -> {error, enoent}.

y(File) -> yecc:file(File).
y(File, Options) -> yecc:file(File, Options).

xm(M) -> xref:m(M).

%%% Documentation: code:get_doc/1 answers a docs_v1 term, shell_docs words it

h(M) -> docs(M, fun(D) -> shell_docs:render(M, D) end).
h(M, F) -> docs(M, fun(D) -> shell_docs:render(M, F, D) end).
h(M, F, A) -> docs(M, fun(D) -> shell_docs:render(M, F, A, D) end).
ht(M) -> docs(M, fun(D) -> shell_docs:render_type(M, D) end).
ht(M, T) -> docs(M, fun(D) -> shell_docs:render_type(M, T, D) end).
ht(M, T, A) -> docs(M, fun(D) -> shell_docs:render_type(M, T, A, D) end).
hcb(M) -> docs(M, fun(D) -> shell_docs:render_callback(M, D) end).
hcb(M, C) -> docs(M, fun(D) -> shell_docs:render_callback(M, C, D) end).
hcb(M, C, A) -> docs(M, fun(D) -> shell_docs:render_callback(M, C, A, D) end).

docs(M, Render) ->
    case code:get_doc(M) of
        {ok, Docs} ->
            case Render(Docs) of
                {error, _} = Error -> Error;
                Chars -> io:put_chars(Chars)
            end;
        Error -> Error
    end.

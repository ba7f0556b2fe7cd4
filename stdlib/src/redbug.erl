%% redbug: bounded tracing from patterns written as text.
%%
%% start/1,2 compiles "mod:fun(Args) when Guards -> actions" to match specifications and starts one process that is tracer, counter and printer. It ends by
%% itself after a time, a number of events, when its queue grows, or at an argument too large, and takes every flag and pattern off whatever the reason.
%% Unlike the tool it follows, an exception prints as one; `transom_trace:compat(true)' prints it like a returned `{Class, Reason}', as there.
-module(redbug).

-export([start/1, start/2, stop/0, stop/1, help/0, redbug_name/1, compile/1]).

-define(DEFAULTS, #{time => 15000, msgs => 10, target => node(), cookie => '', blocking => false, procs => all, max_queue => 5000,
                    max_msg_size => 50000, debug => false, trace_child => false, arity => false, discard => false, buffered => false, records => [],
                    print_calls => true, print_file => "", print_msec => false, print_time_unit => second, print_depth => 999999, print_re => "",
                    print_return => true, print_node => false, print_fun => '', file => "", file_size => 1, file_count => 8}).

help() ->
    lists:foreach(fun(Line) -> io:format("~ts~n", [Line]) end, help_lines()).

help_lines() ->
    ["redbug - the (sensibly) Restrictive Debugger, as a front end of this virtual machine's tracing",
     "",
     "  redbug:start(Pattern | [Pattern] [, Options])   starts tracing",
     "  redbug:stop()                                   ends it",
     "",
     "Pattern: send, 'receive', or text",
     "  \"mod\"  \"mod:fun\"  \"mod:fun/2\"  \"mod:fun(X, _) when X > 1 -> return, stack\"",
     "Actions: return, stack, time, count.",
     "",
     "Options and what they are by default (a flag alone means true):"
     | [io_lib:format("  ~-16w ~-12ts ~ts", [Key, io_lib:format("~tw", [default(Key)]), What]) || {Key, What} <- options()]].

default(target) -> 'node()';
default(Key) -> maps:get(Key, ?DEFAULTS).

options() ->
    [{time, "ends after so many milliseconds"}, {msgs, "ends after so many events"}, {target, "the node to trace"},
     {cookie, "its cookie"}, {blocking, "start/2 waits and answers {Reason, Events}"},
     {procs, "all, new, running, a pid, a name, {pid, I2, I3}, or a list of them"}, {max_queue, "ends when more events wait"},
     {max_msg_size, "ends at a longer list or a larger binary"}, {debug, "errors with more detail"}, {trace_child, "traces spawned processes too"},
     {arity, "arity instead of arguments"}, {discard, "counts without printing"}, {buffered, "prints at the end"},
     {records, "modules whose records print as maps"}, {print_calls, "prints calls"}, {print_file, "prints to this file"},
     {print_msec, "times with milliseconds"}, {print_time_unit, "second, millisecond or microsecond"}, {print_depth, "depth of printed terms"},
     {print_re, "prints what matches this regular expression"}, {print_return, "prints returned values"}, {print_node, "prints the node"},
     {print_fun, "a fun of an event, or of an event and what it answered before (0 at first)"}, {file, "writes binary events to files of this name"},
     {file_size, "their size in MB"}, {file_count, "their number"}].

start(Patterns) -> start(Patterns, []).

start(Pattern, Options) when is_atom(Pattern) -> start([Pattern], Options);
start([C | _] = Pattern, Options) when is_integer(C) -> start([Pattern], Options);
start(Patterns, Options) when is_map(Options) -> start(Patterns, maps:to_list(Options));
start(Patterns, Option) when is_atom(Option); is_tuple(Option) -> start(Patterns, [Option]);
start(Patterns, Options) ->
    try
        Set = lists:foldl(fun option/2, ?DEFAULTS, Options),
        whereis(redbug_name(node())) =:= undefined orelse throw(redbug_already_started),
        run([compile_one(Pattern) || Pattern <- Patterns], Set)
    catch throw:Answer -> Answer
    end.

option(Key, Set) when is_atom(Key) -> option({Key, true}, Set);
option({target, Node}, _) when Node =/= node() -> throw({argument_error, {nodedown, Node}});
option({print_fun, Fun}, _) when Fun =/= '', not is_function(Fun, 1), not is_function(Fun, 2) -> throw({argument_error, {bad_print_fun, Fun}});
option({Key, Value}, Set) when is_map_key(Key, Set) -> Set#{Key := Value};
option({Key, _}, _) -> throw({no_such_option, Key});
option(Other, _) -> throw({no_such_option, Other}).

compile_one(Event) when Event =:= send; Event =:= 'receive' -> Event;
compile_one(Text) ->
    try compile(Text)
    catch
        exit:{syntax_error, "syntax error" ++ _ = What} -> throw({parse_error, What});
        exit:Reason -> throw({argument_error, Reason})
    end.

compile(Text) -> redbug_compiler:compile(Text).

stop() -> stop(node()).

stop(Node) ->
    case whereis(redbug_name(Node)) of
        undefined -> not_started;
        Pid -> Pid ! stop, stopped
    end.

%% The name of the process that traces a node.
redbug_name(Node) -> list_to_atom("redbug_" ++ atom_to_list(Node)).

%% ---------------------------------------------------------------------------------------------------------------------
%% The tracing process

run(Patterns, #{blocking := Blocking} = Set) ->
    Caller = self(),
    {Pid, Monitor} = spawn_monitor(fun() -> safely(Caller, Patterns, Set) end),
    receive
        {?MODULE, Pid, _} when Blocking -> receive {'DOWN', Monitor, _, _, {blocked, Answer}} -> Answer; {'DOWN', Monitor, _, _, Reason} -> Reason end;
        {?MODULE, Pid, Answer} -> demonitor(Monitor, [flush]), Answer;
        {'DOWN', Monitor, _, _, Reason} -> Reason
    end.

%% Whatever goes wrong, no flag and no pattern stays.
safely(Caller, Patterns, Set) ->
    try init(Caller, Patterns, Set)
    catch error:Reason:Stack -> clear(), erlang:raise(error, Reason, Stack)
    end.

init(Caller, Patterns, Set) ->
    Name = redbug_name(node()),
    (catch register(Name, self())) =:= true orelse exit(redbug_already_started),
    monitor(process, Caller),
    Functions = lists:sum([set(Pattern) || Pattern <- Patterns, is_tuple(Pattern)]),
    Calls = [call || Functions > 0],
    Events = [Event || Event <- Patterns, is_atom(Event)],
    Calls ++ Events =:= [] andalso finish_now({argument_error, no_matching_functions}),
    {Tracer, Close} = tracer(Set),
    Flags = Calls ++ Events ++ [timestamp, {tracer, Tracer}] ++ [arity || maps:get(arity, Set)] ++ [set_on_spawn || maps:get(trace_child, Set)],
    Whom = processes_of(maps:get(procs, Set)),
    Processes = lists:sum([flags(Who, Flags) || Who <- Whom]),
    %% Those that come later are not there yet.
    Processes =:= 0 andalso not lists:member(new, Whom) andalso finish_now({argument_error, no_matching_processes}),
    erlang:send_after(maps:get(time, Set), self(), timeout),
    Ready = prepare(Set),
    Caller ! {?MODULE, self(), {Name, Processes, Functions}},
    {Reason, Left, Shown, Kept} = loop(Ready, maps:get(msgs, Set), 0, []),
    Counted = [counts(Kind, Mfa) || {Mfa, _, Kinds} <- [P || P <- Patterns, is_tuple(P)], Kind <- Kinds, Kind =/= local, Kind =/= global],
    clear(),
    Close(),
    finish(Reason, Left, Shown, lists:reverse(Kept), lists:append(Counted), Ready).

%% Who gets the events: this process, or a writer of wrapping files.
tracer(#{file := ""}) -> {self(), fun() -> ok end};
tracer(#{file := Name, file_size := Megabytes, file_count := Count}) ->
    Writer = dbg_port:open_file({Name, wrap, ".trc", Megabytes * 1024 * 1024, Count}),
    {Writer, fun() -> dbg_port:close(Writer) end}.

%% What the options name is looked up once: the device, the records, the regular expression.
prepare(#{print_file := File, records := Modules, print_re := Re} = Set) ->
    Device = case File of
                 "" -> group_leader();
                 _ ->
                     case file:open(File, [write, {encoding, utf8}]) of
                         {ok, Opened} -> Opened;
                         {error, Reason} -> finish_now({argument_error, {cannot_open, File, Reason}})
                     end
             end,
    Records = maps:from_list([{{Name, length(Fields)}, Fields} || Module <- modules(Modules), {Name, Fields} <- records(Module)]),
    Set#{device => Device, records := Records, print_re := expression(Re)}.

expression("") -> "";
expression(Re) ->
    case re:compile(Re, [unicode]) of
        {ok, Compiled} -> Compiled;
        {error, Reason} -> finish_now({argument_error, {bad_print_re, Reason}})
    end.

modules(Module) when is_atom(Module) -> [Module];
modules(Modules) -> Modules.

records(Module) -> _ = code:ensure_loaded(Module), erts_internal:module_records(Module).

-spec finish_now(term()) -> no_return().
finish_now(Reason) -> clear(), exit(Reason).

set({{M, F, A}, Spec, Kinds}) ->
    M =:= '_' orelse code:ensure_loaded(M),
    erlang:trace_pattern({M, F, A}, Spec, Kinds).

flags(Who, Flags) -> try erlang:trace(Who, true, Flags) catch error:badarg -> 0 end.

processes_of(Several) when is_list(Several) -> lists:flatmap(fun processes_of/1, Several);
processes_of(running) -> [existing];
processes_of(Who) when Who =:= all; Who =:= new; is_pid(Who) -> [Who];
processes_of({pid, A, B}) -> [list_to_pid(lists:flatten(io_lib:format("<0.~w.~w>", [A, B])))];
processes_of(Name) when is_atom(Name) -> [Pid || Pid <- [whereis(Name)], is_pid(Pid)].

clear() ->
    erlang:trace(all, false, [all]),
    [erlang:trace_pattern({'_', '_', '_'}, false, [Kind]) || Kind <- [local, call_count, call_time]],
    erlang:trace_pattern({'_', '_', '_'}, false, []).

loop(_Set, 0, Shown, Kept) -> {msg_count, 0, Shown, Kept};
loop(Set, Left, Shown, Kept) ->
    receive
        stop -> {stopped, Left, Shown, Kept};
        timeout -> {timeout, Left, Shown, Kept};
        {'DOWN', _, process, _, _} -> {stopped, Left, Shown, Kept};
        Event when element(1, Event) =:= trace_ts ->
            Message = message(Event),
            case {element(2, process_info(self(), message_queue_len)), too_large(Message, maps:get(max_msg_size, Set))} of
                {_, {true, Why}} -> {Why, Left, Shown, Kept};
                {Queue, _} ->
                    Next = shown(Message, Set, Kept),
                    Sum = Shown + case element(1, Message) of retn -> 0; fail -> 0; _ -> 1 end,
                    case Queue > maps:get(max_queue, Set) of
                        true -> {{msg_queue, Queue}, Left, Sum, Next};
                        false -> loop(Set, Left - 1, Sum, Next)
                    end
            end;
        _ -> loop(Set, Left, Shown, Kept)
    end.

message(Event) ->
    [_, Pid, What | Rest] = tuple_to_list(Event),
    {_, _, Micro} = Stamp = lists:last(Rest),
    {_, {H, M, S}} = calendar:now_to_universal_time(Stamp),
    About = {{Pid, about(Pid)}, {H, M, S, Micro}},
    Fail = case transom_trace:compat() of true -> retn; false -> fail end,
    case {What, lists:droplast(Rest)} of
        {call, [Mfa]} -> with({call, {Mfa, <<>>}}, About);
        {call, [Mfa, Stack]} -> with({call, {Mfa, Stack}}, About);
        {return_from, [Mfa, Value]} -> with({retn, {Mfa, Value}}, About);
        {exception_from, [Mfa, Value]} -> with({Fail, {Mfa, Value}}, About);
        {'receive', [Message]} -> with({recv, Message}, About);
        {_, [Message, To]} -> with({send, {Message, {To, about(To)}}}, About)
    end.

with({Kind, What}, {Who, When}) -> {Kind, What, Who, When}.

about(Pid) when is_pid(Pid), node(Pid) =:= node() ->
    case process_info(Pid, [registered_name, initial_call]) of
        undefined -> dead;
        [{registered_name, Name}, _] when is_atom(Name) -> Name;
        [_, {initial_call, Mfa}] -> Mfa
    end;
about(Name) when is_atom(Name) -> Name;
about(_) -> remote.

too_large({call, {{_, _, Args}, _}, _, _}, Max) when is_list(Args) -> large(Args, Max);
too_large({Kind, {_, Value}, _, _}, Max) when Kind =:= retn; Kind =:= fail -> large([Value], Max);
too_large({send, {Message, _}, _, _}, Max) -> large([Message], Max);
too_large({recv, Message, _, _}, Max) -> large([Message], Max);
too_large(_, _) -> false.

large([Bits | _], Max) when is_binary(Bits), byte_size(Bits) > Max -> {true, {arg_size, byte_size(Bits)}};
large([List | Rest], Max) when is_list(List) ->
    case proper_length(List) of
        N when N > Max -> {true, {arg_length, N}};
        _ ->
            case large(List, Max) of
                false -> large(Rest, Max);
                Found -> Found
            end
    end;
large([Tuple | Rest], Max) when is_tuple(Tuple) -> large(tuple_to_list(Tuple) ++ Rest, Max);
large([_ | Rest], Max) when is_list(Rest) -> large(Rest, Max);
large(_, _) -> false.

proper_length(List) -> try length(List) catch error:badarg -> 0 end.

%% ---------------------------------------------------------------------------------------------------------------------
%% Output

%% The last element is what was kept: the events themselves until the end, or what the user's fun of two arguments answered last.
shown(_, #{discard := true}, Kept) -> Kept;
shown(Message, #{blocking := true}, Kept) -> [Message | Kept];
shown(Message, #{buffered := true}, Kept) -> [Message | Kept];
shown(Message, Set, Kept) -> show(Message, Set), Kept.

show(Message, #{print_fun := Fun}) when is_function(Fun, 1) -> Fun(public(Message));
show(Message, #{print_fun := Fun}) when is_function(Fun, 2) ->
    Before = case get({?MODULE, accumulated}) of undefined -> 0; {value, Value} -> Value end,
    put({?MODULE, accumulated}, {value, Fun(public(Message), Before)});
show({meta, _, _, _}, _) -> ok;
show({call, _, _, _}, #{print_calls := false}) -> ok;
show(Message, #{print_re := Re, device := Device} = Set) ->
    Text = lists:flatten(text(Message, Set)),
    case Re =:= "" orelse re:run(Text, Re, [{capture, none}]) =:= match of
        true -> io:format(Device, "~ts~n", [Text]);
        false -> ok
    end.

%% To the user's funs, and as an answer, an exception is a return of `{Class, Reason}', as it always was.
public({fail, What, Who, When}) -> {retn, What, Who, When};
public(Message) -> Message.

text({Kind, What, Who, When}, Set) ->
    [io_lib:format("~n% ~s ~ts~n% ", [clock(When, Set), who(Who, Set)]), what(Kind, What, Set)].

what(call, {{M, F, Args}, Stack}, Set) when is_list(Args) ->
    [io_lib:format("~w:~tw(~ts)", [M, F, lists:join(", ", [deep(A, Set) || A <- Args])]), stack(Stack)];
what(call, {{M, F, Arity}, Stack}, _) -> [io_lib:format("~w:~tw/~w", [M, F, Arity]), stack(Stack)];
what(retn, {{M, F, A}, _}, #{print_return := false}) -> io_lib:format("~p:~tp/~p -> '...'", [M, F, A]);
what(retn, {{M, F, A}, Value}, Set) -> io_lib:format("~p:~tp/~p -> ~ts", [M, F, A, deep(Value, Set)]);
what(fail, {{M, F, A}, {Class, Value}}, Set) -> io_lib:format("~p:~tp/~p ** exception ~p:~ts", [M, F, A, Class, deep(Value, Set)]);
what(send, {Message, To}, Set) -> io_lib:format("~ts <<< ~ts", [who(To, Set), deep(Message, Set)]);
what(recv, Message, Set) -> io_lib:format("<<< ~ts", [deep(Message, Set)]).

deep(Term, #{print_depth := Depth, records := Records}) when Records =:= #{} -> io_lib:format("~tP", [Term, Depth]);
deep(Term, #{print_depth := Depth, records := Records}) -> io_lib:format("~tP", [named(Term, Records), Depth]).

%% Records as maps of their fields.
named([Head | Tail], Records) -> [named(Head, Records) | named(Tail, Records)];
named(Tuple, Records) when is_tuple(Tuple), tuple_size(Tuple) > 0 ->
    [Name | Values] = tuple_to_list(Tuple),
    case maps:find({Name, length(Values)}, Records) of
        {ok, Fields} ->
            maps:from_list([{'_RECORD', Name} | lists:zip(Fields, named(Values, Records))]);
        error -> list_to_tuple(named([Name | Values], Records))
    end;
named(Map, Records) when is_map(Map) -> maps:map(fun(_, Value) -> named(Value, Records) end, Map);
named(Term, _) -> Term.

who({Who, About}, #{print_node := Node}) ->
    [[io_lib:format("~p ", [node()]) || Node],
     case About of
         Name when is_atom(Name), Name =/= dead, Name =/= remote -> io_lib:format("~p", [Name]);
         _ -> io_lib:format("~w(~p)", [Who, About])
     end].

clock({H, M, S, Micro}, #{print_msec := Msec, print_time_unit := Unit}) ->
    [io_lib:format("~2..0w:~2..0w:~2..0w", [H, M, S]),
     case Unit of
         microsecond -> io_lib:format(".~6..0w", [Micro]);
         _ when Msec; Unit =:= millisecond -> io_lib:format(".~3..0w", [Micro div 1000]);
         _ -> ""
     end].

%% The functions to return to, out of a dump of the process.
stack(Dump) when is_binary(Dump), Dump =/= <<>> ->
    Lines = string:split(Dump, "\n", all),
    [["\n%   ", Name] || Line <- Lines, <<_/binary>> <- [Line], [_, After] <- [string:split(Line, "Return addr ")],
                         [_, InParens] <- [string:split(After, "(")], [Name, _] <- [string:split(InParens, "+")]];
stack(_) -> [].

finish(Reason, _Left, _Shown, Kept, Counted, #{blocking := true}) ->
    exit({blocked, {Reason, [public(Message) || Message <- Kept ++ Counted]}});
finish(Reason, _Left, Shown, Kept, Counted, #{print_fun := Fun, device := Device} = Set) ->
    [show(Message, Set) || Message <- Kept],
    case is_function(Fun) of
        true -> [show(Message, Set) || Message <- Counted ++ [{meta, stop, dummy, {0, 0, 0, 0}}]];
        false -> lists:foreach(fun(Message) -> counted(Device, Message) end, Counted)
    end,
    Device =:= group_leader() orelse file:close(Device),
    case Reason of
        {msg_queue, _} -> io:format("you might want to set the max_queue option (see redbug:help/0)~n");
        {Large, _} when Large =:= arg_length; Large =:= arg_size ->
            io:format("you might want to set the max_msg_size option (see redbug:help/0)~n");
        _ -> ok
    end,
    io:format("redbug done, ~p - ~p~n", [Reason, Shown]).

%% What the counters of the functions of a pattern say, read before they are taken off.
counts(Kind, {M, F, A}) ->
    [Count || {Name, Arity} <- M:module_info(functions), F =:= '_' orelse F =:= Name, A =:= '_' orelse A =:= Arity,
              Count <- read_counter(Kind, {M, Name, Arity})].

read_counter(Kind, Mfa) ->
    {_, {H, M, S}} = calendar:now_to_universal_time({_, _, Micro} = os:timestamp()),
    case erlang:trace_info(Mfa, Kind) of
        {call_count, N} when is_integer(N), N > 0 -> [{call_count, {Mfa, N}, [], {H, M, S, Micro}}];
        {call_time, [_ | _] = Times} -> [{call_time, {Mfa, Times}, [], {H, M, S, Micro}}];
        _ -> []
    end.

counted(Device, {call_count, {{M, F, A}, N}, _, _}) -> io:format(Device, "~n% ~6s : ~w:~tw/~w~n", [human(N), M, F, A]);
counted(Device, {call_time, {{M, F, A}, Times}, _, _}) ->
    N = lists:sum([Calls || {_, Calls, _, _} <- Times]),
    Us = lists:sum([S * 1000000 + Micro || {_, _, S, Micro} <- Times]),
    io:format(Device, "% ~6s : ~6s : ~6s : ~w:~tw/~w~n", [human(N), human(Us), human(Us / max(N, 1)), M, F, A]).

human(N) when N < 1000 -> io_lib:format("~w", [N]);
human(N) -> human(N / 1000, "kMGTP").

human(N, [_ | [_ | _] = Larger]) when N >= 1000 -> human(N / 1000, Larger);
human(N, [Unit | _]) -> io_lib:format("~.1f~c", [N, Unit]).

%% transom_tracer: trace sessions that print through the VM's own limiter and formatter.
%%
%% The limits act in the trace point, before anything is copied; text is made and written by a thread of the VM that is no process. docs/internals/tracing.md has
%% the options and the messages. A session made here is a session of module `trace' too.
-module(transom_tracer).

-export([start/0, start/1, run/3, pattern/2, pattern/3, processes/3, pause/1, resume/1, flush/1]).
-export([stats/1, totals/1, aggregates/1, list/0, stop/1, wait/1, ack/1]).
-export([printer/5, module_tracer/2, meta_tracer/2, with_module/4, status/6, seq_status/2]).

%% Milliseconds that a session may take to end after its owner.
-define(LAST_WORDS, 1000).

-type session() :: {trace_session, pos_integer()}.

%% ---------------------------------------------------------------------------------------------------------------------
%% Sessions

start() -> start(#{}).

-spec start(map() | [{atom(), term()}]) -> {ok, session()} | {error, term()}.
start(Opts) when is_list(Opts) -> start(maps:from_list(Opts));
start(Opts) when is_map(Opts) ->
    case {maps:get(output, Opts, {device, group_leader()}), maps:get(format, Opts, none)} of
        {{device, Device}, none} -> start_printer(Device, none, process, Opts);
        {_, none} -> erts_internal:native_trace_start(Opts);
        {{device, Device}, {Module, Function} = Format} when is_atom(Module), is_atom(Function) -> start_printer(Device, Format, events, maps:remove(format, Opts));
        {_, _} -> {error, {bad_option, format}}
    end.

%% Output to a device goes through a process of its own, which is never traced: it prints what the formatter made, or makes the text itself with the
%% program's function.
start_printer(Device, Format, Kind, Opts) ->
    Owner = maps:get(owner, Opts, self()),
    Me = self(),
    Tag = make_ref(),
    {Printer, Monitor} = spawn_monitor(fun() -> printer(Me, Owner, Tag, Device, Format) end),
    receive
        {Tag, ready} -> ok;
        {'DOWN', Monitor, process, Printer, _} -> ok
    end,
    erlang:demonitor(Monitor, [flush]),
    case erts_internal:native_trace_start(Opts#{output => {Kind, Printer}, owner => Owner}) of
        {ok, Session} -> {ok, Session};
        Error -> exit(Printer, kill), Error
    end.

printer(Starter, Owner, Tag, Device, Format) ->
    erts_internal:trace_hide(),
    process_flag(trap_exit, true),
    _ = is_pid(Owner) andalso erlang:monitor(process, Owner),
    Starter ! {Tag, ready},
    print_loop(Device, Format).

print_loop(Device, Format) ->
    receive
        {trace_event, Id, Event} ->
            case formatted(Format, Event) of
                skip -> ok;
                Text -> catch io:put_chars(Device, Text)
            end,
            ack(Id),
            print_loop(Device, Format);
        {trace_output, Id, Text} ->
            %% A device that is gone takes nothing any more; the session goes on being counted.
            catch io:put_chars(Device, Text),
            ack(Id),
            print_loop(Device, Format);
        {trace_ended, _Id, _Reason} -> ok;
        %% A session ends with its owner and says so. Who asked for it may have died before there was one: then nobody says anything.
        {'DOWN', _, process, _, _} ->
            erlang:send_after(?LAST_WORDS, self(), abandoned),
            print_loop(Device, Format);
        abandoned -> ok;
        _ -> print_loop(Device, Format)
    end.

%% A formatter that fails says so instead of its line.
formatted({Module, Function}, Event) ->
    try Module:Function(Event)
    catch Class:Reason -> io_lib:format("** ~ts:~ts/1 raised ~ts: ~tp on ~tp~n", [Module, Function, Class, Reason, Event])
    end.

%% Start, patterns and processes in one; nothing is left behind after an error.
-spec run([term()] | term(), term(), map() | list()) -> {ok, session(), map()} | {error, term()}.
run(Patterns, Who, Opts) when is_list(Opts) -> run(Patterns, Who, maps:from_list(Opts));
run(Patterns, Who, Opts) ->
    case start(Opts) of
        {ok, Session} ->
            case set_all(Session, Patterns, Opts) of
                {ok, Set, Flags} ->
                    case processes(Session, Who, Flags) of
                        {ok, Matched} -> {ok, Session, #{patterns => Set, processes => Matched}};
                        Error -> _ = stop(Session), Error
                    end;
                Error -> _ = stop(Session), Error
            end;
        Error -> Error
    end.

%% What opens requests comes first: from then on nothing outside of them is shown.
set_all(Session, Patterns, #{inside := Inside} = Opts) ->
    case set_patterns(Session, as_list(Inside), #{scope => true, follow => maps:get(follow, Opts, [spawns, messages])}, [], []) of
        {ok, _, Flags} ->
            case set_patterns(Session, as_list(Patterns), maps:remove(follow, Opts), [], []) of
                {ok, Set, More} -> {ok, Set, lists:usort(Flags ++ More)};
                Error -> Error
            end;
        Error -> Error
    end;
set_all(Session, Patterns, Opts) -> set_patterns(Session, as_list(Patterns), Opts, [], []).

as_list([]) -> [];
as_list([C | _] = Text) when is_integer(C) -> [Text];
as_list(Patterns) when is_list(Patterns) -> Patterns;
as_list(Pattern) -> [Pattern].

set_patterns(_, [], _, Set, Flags) -> {ok, lists:reverse(Set), lists:usort(Flags)};
set_patterns(Session, [Pattern | Rest], Opts, Set, Flags) ->
    case pattern(Session, Pattern, Opts) of
        {ok, #{flags := More} = One} -> set_patterns(Session, Rest, Opts, [One | Set], More ++ Flags);
        Error -> Error
    end.

pattern(Session, Pattern) -> pattern(Session, Pattern, #{}).

-spec pattern(session(), string() | binary() | {mfa(), list(), list()}, map()) -> {ok, map()} | {error, term()}.
pattern(Session, Pattern, Opts) ->
    case erts_internal:native_trace_pattern(Session, Pattern, maps:with([aggregate, by, 'of', argument, scope, follow], Opts)) of
        {ok, Id, Matched, Flags} -> {ok, #{id => Id, matched => Matched, flags => Flags}};
        Error -> Error
    end.

-spec processes(session(), term(), [atom()]) -> {ok, non_neg_integer()} | {error, term()}.
processes(Session, Who, []) -> processes(Session, Who, [call]);
processes(Session, Who, Flags) when is_list(Who) ->
    lists:foldl(fun(One, {ok, Sum}) ->
                        case processes(Session, One, Flags) of
                            {ok, N} -> {ok, Sum + N};
                            Error -> Error
                        end;
                   (_, Error) -> Error
                end, {ok, 0}, Who);
processes(Session, Who, Flags) ->
    case target(Who) of
        undefined -> {error, {no_process, Who}};
        Target ->
            try {ok, erts_internal:trace(Session, Target, true, Flags)}
            catch error:badarg -> {error, {bad_flags_or_process, Who, Flags}}
            end
    end.

target(Pid) when is_pid(Pid) -> Pid;
target(Group) when Group =:= all; Group =:= new; Group =:= existing; Group =:= processes; Group =:= new_processes; Group =:= existing_processes -> Group;
target(Name) when is_atom(Name) -> whereis(Name);
target(_) -> undefined.

pause(Session) -> erts_internal:native_trace_pause(Session, true).

resume(Session) -> erts_internal:native_trace_pause(Session, false).

flush(_Session) -> erts_internal:trace_flush().

%% ---------------------------------------------------------------------------------------------------------------------
%% What is known of them

stats(Session) -> erts_internal:native_trace_stats(handle(Session)).

%% The line that stands at the end of text output.
totals(Session) -> erts_internal:native_trace_totals(handle(Session)).

aggregates(Session) -> [aggregate(Row) || Row <- erts_internal:native_trace_aggregates(handle(Session))].

aggregate({Key, Count, Sum, Min, Max, P50, P90, P99, Powers}) ->
    #{key => Key, count => Count, sum => Sum, min => Min, max => Max, p50 => P50, p90 => P90, p99 => P99, powers => Powers}.

list() -> erts_internal:native_trace_list().

handle(Id) when is_integer(Id) -> {trace_session, Id};
handle(Session) -> Session.

-spec stop(session() | pos_integer()) -> {ok, map()} | {error, no_session}.
stop(Session0) ->
    Session = handle(Session0),
    case erts_internal:native_trace_end(Session) of
        undefined -> {error, no_session};
        Stats ->
            erts_internal:trace_session_destroy(Session),
            {ok, Stats}
    end.

%% Returns when the last line is written. What the session came to is known even if another has stopped it meanwhile, which takes its handle away.
-spec wait(session() | pos_integer()) -> {ok, map()} | {error, no_session}.
wait(Session) ->
    case erts_internal:native_trace_wait(handle(Session)) of
        undefined -> {error, no_session};
        {Stats, Rows} -> {ok, Stats#{aggregates => [aggregate(Row) || Row <- Rows]}}
    end.

ack(Id) -> erts_internal:native_trace_ack(Id).

%% ---------------------------------------------------------------------------------------------------------------------
%% Tracer modules (erl_tracer): their functions run here, in a process that is never traced. Before an event the module is asked whether it is to be a
%% tracer any more (`trace_status'), then whether it wants the event. What a call comes back with belongs to the call and is not asked about.

-define(KEPT, 1000).

%% Milliseconds without an event after which a tracer module's process asks whether anything is traced for it.
-define(IDLE, 1000).

module_tracer(Module, State) -> module_tracer(Module, State, #{}).

%% Refused: processes whose last call the module did not want.
module_tracer(Module, State, Refused) ->
    receive
        Message when element(1, Message) =:= trace; element(1, Message) =:= trace_ts ->
            module_tracer(Module, State, event(Module, State, Message, element(2, Message), Refused));
        {seq_trace, Label, Info} ->
            seq_event(Module, State, Label, Info, #{}),
            module_tracer(Module, State, Refused);
        {seq_trace, Label, Info, Stamp} ->
            seq_event(Module, State, Label, Info, #{timestamp => Stamp}),
            module_tracer(Module, State, Refused);
        _ -> module_tracer(Module, State, Refused)
    after ?IDLE -> erts_internal:trace_needs_me() andalso module_tracer(Module, State, Refused)
    end.

%% The same for meta-traced calls: a module that is no tracer any more gives up the function.
meta_tracer(Module, State) -> meta_tracer(Module, State, #{}).

meta_tracer(Module, State, Refused) ->
    receive
        Message when element(1, Message) =:= trace_ts ->
            {M, F, Args} = element(4, Message),
            Arity = if is_list(Args) -> length(Args); true -> Args end,
            meta_tracer(Module, State, event(Module, State, Message, {M, F, Arity}, Refused));
        _ -> meta_tracer(Module, State, Refused)
    after ?IDLE -> erts_internal:trace_needs_me() andalso meta_tracer(Module, State, Refused)
    end.

event(Module, State, Message, Given, Refused) ->
    {Tracee, Tag, Term, Opts} = parts(Message),
    case verdict(Module, Tag, State, Tracee, Refused) of
        trace ->
            catch Module:trace(Tag, State, Tracee, Term, Opts),
            wanted(Tag, Tracee, Refused);
        {trace_status, remove} ->
            erts_internal:trace_removed(Given, self()),
            refused(Tag, Tracee, Refused);
        %% The calls of a function go on being asked about.
        remove when not is_tuple(Given) ->
            erts_internal:trace_removed(Given, self()),
            refused(Tag, Tracee, Refused);
        _ -> refused(Tag, Tracee, Refused)
    end.

verdict(_, Tag, _, Tracee, Refused) when Tag =:= return_from; Tag =:= exception_from; Tag =:= return_to ->
    case Refused of
        #{Tracee := _} -> discard;
        #{} -> trace
    end;
verdict(Module, Tag, State, Tracee, _) ->
    case enabled(Module, trace_status, State, Tracee) of
        remove -> {trace_status, remove};
        _ -> enabled(Module, Tag, State, Tracee)
    end.

wanted(call, Tracee, Refused) when map_size(Refused) > 0 -> maps:remove(Tracee, Refused);
wanted(_, _, Refused) -> Refused.

%% Of processes that have ended nothing comes back any more.
refused(call, Tracee, Refused) when map_size(Refused) >= ?KEPT -> maps:filter(fun(P, _) -> is_process_alive(P) end, Refused#{Tracee => call});
refused(call, Tracee, Refused) -> Refused#{Tracee => call};
refused(_, _, Refused) -> Refused.

%% An event of the sequential trace: whoever made the step is asked for, the label stands in its place.
seq_event(Module, State, Label, Info, Opts) ->
    case seq_status(Module, State) of
        remove -> erts_internal:trace_removed(seq_trace, self());
        _ ->
            case enabled(Module, seq_trace, State, element(3, Info)) of
                trace -> catch Module:trace(seq_trace, State, Label, Info, Opts);
                _ -> ok
            end
    end.

%% Nobody is traced by the system tracer.
seq_status(Module, State) -> enabled(Module, trace_status, State, undefined).

enabled(Module, Tag, State, Tracee) ->
    try Module:enabled(Tag, State, Tracee)
    catch _:_ -> remove
    end.

%% `erlang:trace/3' and the like name a tracer module that is not loaded yet.
with_module(Module, State, Function, Args) ->
    case code:ensure_loaded(Module) of
        {module, _} -> apply(erlang, Function, Args);
        {error, _} ->
            %% As if it had been asked.
            Asked = {Module, enabled, [trace_status, self(), State], []},
            erlang:raise(error, undef, [Asked, {erlang, Function, length(Args), []}])
    end.

%% What erlang:trace_info/2 says of a process whose tracer is a module, which has the process Tracer.
status(Session, Pid, Item, Module, State, Tracer) ->
    case (Item =:= flags orelse Item =:= tracer) andalso enabled(Module, trace_status, State, Pid) of
        remove ->
            erts_internal:trace_removed(Pid, Tracer),
            {Item, []};
        _ -> erts_internal:trace_info(Session, Pid, Item, asked)
    end.

parts(Message) when element(1, Message) =:= trace_ts ->
    [trace_ts, Tracee, Tag | Rest] = tuple_to_list(Message),
    {Terms, [Stamp]} = lists:split(length(Rest) - 1, Rest),
    {Term, Opts} = term_and_options(Tag, Terms),
    {Tracee, Tag, Term, Opts#{timestamp => Stamp}};
parts(Message) ->
    [trace, Tracee, Tag | Terms] = tuple_to_list(Message),
    {Term, Opts} = term_and_options(Tag, Terms),
    {Tracee, Tag, Term, Opts}.

%% The first term, then a second one (a receiver, a value) as `extra', then what a match specification said.
term_and_options(Tag, [Term | Rest]) ->
    Extra = lists:member(Tag, [return_from, exception_from, send, send_to_non_existing_process, spawn, spawned, open]),
    case Rest of
        [] -> {Term, #{}};
        [Second] when Extra -> {Term, #{extra => Second}};
        [Result] -> {Term, #{match_spec_result => Result}};
        [Second, Result] -> {Term, #{extra => Second, match_spec_result => Result}}
    end.

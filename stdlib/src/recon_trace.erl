%% recon_trace: bounded tracing of calls.
%%
%% calls/2,3 sets the pattern and starts two processes: a tracer, which counts and ends tracing at its limit, and a formatter, which prints. One trace at
%% a time: each call clears what was there. Tracing ends with the process that asked for it. Unlike the tool it follows, a limit that trips also takes the
%% patterns off, tuples print without a trailing comma, and collections and `spawned' have lines of their own.
-module(recon_trace).

-export([clear/0, calls/2, calls/3, format/1, format_trace_output/1]).

-define(TRACER, recon_trace_tracer).
-define(FORMATTER, recon_trace_formatter).
%% At a prompt: how long whoever typed is held at most, and how long the line about an end gives way.
-define(PATIENCE_MS, 100).
-define(LATER_MS, 20).

clear() ->
    catch erlang:trace(all, false, [all]),
    [catch erlang:trace_pattern({'_', '_', '_'}, false, [Kind]) || Kind <- [local, meta, call_count, call_time]],
    catch erlang:trace_pattern({'_', '_', '_'}, false, []),
    stop(?TRACER),
    stop(?FORMATTER),
    ok.

stop(Name) ->
    case whereis(Name) of
        undefined -> ok;
        Pid ->
            Ref = monitor(process, Pid),
            unlink(Pid),
            exit(Pid, kill),
            receive {'DOWN', Ref, _, _, _} -> ok end
    end.

calls(Spec, Max) -> calls(Spec, Max, []).

calls({_, _, _} = Spec, Max, Options) -> calls([Spec], Max, Options);
calls(Specs, Max, Options) when is_list(Specs), is_list(Options) ->
    Patterns = [pattern(Spec) || Spec <- Specs],
    Limit = limit(Max),
    clear(),
    Tracer = start(Limit, Options),
    try
        set(Patterns, Tracer, Options)
    catch
        Class:Reason:Stack -> clear(), erlang:raise(Class, Reason, Stack)
    end.

limit({Max, Ms}) when is_integer(Max), Max >= 0, is_integer(Ms), Ms > 0 -> {rate, Max, Ms};
limit(Max) when is_integer(Max), Max >= 0 -> {count, Max};
limit(Other) -> error(badarg, [Other]).

pattern({M, _, A} = Spec) when (M =:= '_' orelse M =:= ?MODULE orelse M =:= io orelse M =:= lists), (A =:= '_' orelse A =:= []) ->
    error({dangerous_combo, Spec});
pattern({M, F, return_trace}) -> {{M, F, '_'}, [{'_', [], [{return_trace}]}]};
pattern({M, F, '_'}) -> {{M, F, '_'}, true};
pattern({M, F, Arity}) when is_integer(Arity), Arity >= 0, Arity =< 255 -> {{M, F, Arity}, true};
pattern({M, F, Spec}) when is_list(Spec) -> {{M, F, '_'}, Spec};
pattern({M, F, Fun}) when is_function(Fun) -> {{M, F, '_'}, from_fun(Fun)}.

from_fun(Fun) ->
    case erl_eval:fun_data(Fun) of
        {fun_data, Bindings, Clauses} ->
            case ms_transform:transform_from_shell(dbg, Clauses, Bindings) of
                {error, [{_, [{_, _, Code} | _]} | _], _} ->
                    io:format("Error: ~ts~n", [ms_transform:format_error(Code)]),
                    {error, transform_error};
                Spec -> Spec
            end;
        _ -> exit(shell_funs_only)
    end.

set(Patterns, Tracer, Options) ->
    Scope = proplists:get_value(scope, Options, global),
    Matched = [erlang:trace_pattern(Mfa, Spec, [Scope]) || {Mfa, Spec} <- Patterns],
    Flags = [call, {tracer, Tracer}] ++ [arity || proplists:get_value(args, Options, args) =:= arity]
        ++ [timestamp || proplists:get_value(timestamp, Options, formatter) =:= trace] ++ return_to(Options, Scope),
    [catch erlang:trace(Who, true, Flags) || Who <- processes_of(proplists:get_value(pid, Options, all))],
    lists:sum(Matched).

return_to(Options, Scope) ->
    case proplists:get_value(return_to, Options, false) of
        true when Scope =:= global ->
            io:format("Option return_to only works with option {scope, local}~n"),
            [return_to];
        true -> [return_to];
        false -> []
    end.

processes_of(List) when is_list(List), List =/= [], not is_integer(hd(List)) -> lists:flatmap(fun processes_of/1, List);
processes_of(Group) when Group =:= all; Group =:= existing; Group =:= new -> [Group];
processes_of(Pid) when is_pid(Pid) -> [Pid];
processes_of({global, Name}) -> [global:whereis_name(Name)];
processes_of({via, Module, Name}) -> [Module:whereis_name(Name)];
processes_of({A, B, C}) -> [list_to_pid(lists:flatten(io_lib:format("<~w.~w.~w>", [A, B, C])))];
processes_of(Text) when is_list(Text) -> [list_to_pid(Text)];
processes_of(Name) when is_atom(Name) -> [whereis(Name)].

%% ---------------------------------------------------------------------------------------------------------------------
%% The two processes

start(Limit, Options) ->
    Owner = self(),
    Typist = case shell:whereis_evaluator() of
                 Owner -> Owner;
                 _ -> none
             end,
    Ref = make_ref(),
    Formatter = proplists:get_value(formatter, Options, fun ?MODULE:format/1),
    Device = proplists:get_value(io_server, Options, group_leader()),
    Leader = group_leader(),
    {Pid, Monitor} = spawn_monitor(fun() ->
        register(?TRACER, self()),
        link(Owner),
        Tracer = self(),
        Printer = spawn_link(fun() ->
            register(?FORMATTER, self()),
            process_flag(trap_exit, true),
            Tracer ! {Ref, ready},
            print(Tracer, Device, Leader, Formatter) end),
        receive {Ref, ready} -> ok end,
        Owner ! {Ref, started},
        trace(Limit, {Printer, Typist}) end),
    receive
        {Ref, started} -> demonitor(Monitor, [flush]), Pid;
        {'DOWN', Monitor, _, _, Reason} -> exit(Reason)
    end.

trace({count, Max}, To) -> count(Max, To);
trace({rate, Max, Ms}, To) -> rate(Max, Ms, 0, erlang:monotonic_time(millisecond), To).

%% Exactly Max events; the tracing ends with the last of them.
count(0, {Printer, _}) -> trip(Printer);
count(N, To) -> hand_on(next(), To), count(N - 1, To).

%% An event is handed on before it is counted, and a window begins with the first event after the last one's end, which is not counted.
rate(Max, Ms, Count, Since, {Printer, _} = To) ->
    hand_on(next(), To),
    Now = erlang:monotonic_time(millisecond),
    if
        Now - Since > Ms -> rate(Max, Ms, 0, Now, To);
        Max > Count -> rate(Max, Ms, Count + 1, Since, To);
        true -> trip(Printer)
    end.

next() ->
    receive
        {?FORMATTER, printed} -> next();
        Event -> Event
    end.

%% Whoever starts the trace at a prompt reads it: the line of a call comes before its result, so the process that evaluates waits for it, and the line about
%% its end comes behind. No other process is ever held, and this one not for long, for the device may need it.
hand_on(Event, {Printer, Typist}) when element(2, Event) =:= Typist, element(3, Event) =:= call ->
    Held = (catch erlang:suspend_process(Typist)) =:= true,
    Printer ! {?FORMATTER, now, Event},
    receive {?FORMATTER, printed} -> ok after ?PATIENCE_MS -> ok end,
    Held andalso (catch erlang:resume_process(Typist)),
    ok;
hand_on(Event, {Printer, Typist}) when element(2, Event) =:= Typist, element(3, Event) =:= return_from; element(2, Event) =:= Typist, element(3, Event) =:= exception_from ->
    Printer ! {?FORMATTER, later, Event},
    ok;
hand_on(Event, {Printer, _}) ->
    Printer ! Event,
    ok.

trip(Printer) ->
    catch erlang:trace(all, false, [all]),
    [catch erlang:trace_pattern({'_', '_', '_'}, false, Kind) || Kind <- [[local], []], not transom_trace:compat()],
    unlink(Printer),
    Printer ! {'EXIT', self(), normal},
    exit(normal).

print(Tracer, Device, Leader, Formatter) ->
    receive
        {'EXIT', Tracer, normal} -> io:format(Leader, "Recon tracer rate limit tripped.~n", []);
        {'EXIT', Tracer, Reason} -> exit(Reason);
        {'EXIT', _, _} -> print(Tracer, Device, Leader, Formatter);
        {?FORMATTER, now, Event} ->
            io:format(Device, Formatter(Event), []),
            Tracer ! {?FORMATTER, printed},
            print(Tracer, Device, Leader, Formatter);
        {?FORMATTER, later, Event} ->
            %% Lines that wait are not held up.
            receive after later(process_info(self(), message_queue_len)) -> ok end,
            io:format(Device, Formatter(Event), []),
            print(Tracer, Device, Leader, Formatter);
        Event ->
            %% The text of a formatter of the user's is a format without arguments, as it always was; ours holds no directive.
            io:format(Device, Formatter(Event), []),
            print(Tracer, Device, Leader, Formatter)
    end.

later({message_queue_len, 0}) -> ?LATER_MS;
later(_) -> 0.

%% ---------------------------------------------------------------------------------------------------------------------
%% Lines. The text is a list in a list, so that no character of it can be taken for a format directive.

format(Event) ->
    {What, Pid, {Hour, Minute, Second}, Info} = parts(Event),
    {Format, Arguments} = case transom_trace:compat() of
                              true -> compat(What, Info);
                              false -> line(What, Info)
                          end,
    [io_lib:format("~n~p:~p:~9.6.0f ~p " ++ Format ++ "~n", [Hour, Minute, Second, Pid | Arguments])].

%% Without the tags the original does not know and without Unicode.
compat(What, Info) when What =:= spawned; What =:= gc_minor_start; What =:= gc_major_start; What =:= gc_minor_end; What =:= gc_major_end ->
    {"unknown trace type ~p -- ~p", [What, Info]};
compat(What, Info) ->
    {Format, Arguments} = line(What, Info),
    {lists:append(string:replace(Format, "~tp", "~p", all)), Arguments}.

parts(Event) when element(1, Event) =:= trace ->
    [trace, Pid, What | Info] = tuple_to_list(Event),
    {What, Pid, clock(os:timestamp()), Info};
parts(Event) when element(1, Event) =:= trace_ts ->
    [trace_ts, Pid, What | Rest] = tuple_to_list(Event),
    {What, Pid, clock(lists:last(Rest)), lists:droplast(Rest)}.

clock({_, _, Micro} = Stamp) ->
    {_, {Hour, Minute, Second}} = calendar:now_to_local_time(Stamp),
    {Hour, Minute, Second + Micro / 1000000};
clock({Monotonic, _}) -> clock(Monotonic);
clock(Monotonic) when is_integer(Monotonic) ->
    Micro = erlang:convert_time_unit(Monotonic + erlang:time_offset(), native, microsecond),
    clock({Micro div 1000000000000, Micro div 1000000 rem 1000000, Micro rem 1000000}).

line('receive', [Message]) -> {"< ~tp", [Message]};
line(send, [Message, To]) -> {" > ~p: ~tp", [To, Message]};
line(send_to_non_existing_process, [Message, To]) -> {" > (non_existent) ~p: ~tp", [To, Message]};
line(call, [{M, F, Args}]) -> {"~p:~tp~ts", [M, F, arguments(Args)]};
line(call, [{M, F, Args}, Extra]) -> {"~p:~tp~ts ~ts", [M, F, arguments(Args), term(Extra)]};
line(return_to, [{M, F, Arity}]) -> {" '--> ~p:~tp/~p", [M, F, Arity]};
line(return_from, [{M, F, Arity}, Value]) -> {"~p:~tp/~p --> ~ts", [M, F, Arity, term(Value)]};
line(exception_from, [{M, F, Arity}, {Class, Value}]) -> {"~p:~tp/~p ~p ~tp", [M, F, Arity, Class, Value]};
line(spawn, [Pid, {M, F, Args}]) -> {"spawned ~p as ~p:~tp~ts", [Pid, M, F, arguments(Args)]};
line(spawned, [Pid, {M, F, Args}]) -> {"spawned by ~p as ~p:~tp~ts", [Pid, M, F, arguments(Args)]};
line(exit, [Reason]) -> {"EXIT ~tp", [Reason]};
line(link, [Pid]) -> {"link(~p)", [Pid]};
line(unlink, [Pid]) -> {"unlink(~p)", [Pid]};
line(getting_linked, [Pid]) -> {"getting linked by ~p", [Pid]};
line(getting_unlinked, [Pid]) -> {"getting unlinked by ~p", [Pid]};
line(register, [Name]) -> {"registered as ~p", [Name]};
line(unregister, [Name]) -> {"no longer registered as ~p", [Name]};
line(in, [{M, F, Arity}]) -> {"scheduled in for ~p:~tp/~p", [M, F, Arity]};
line(in, [0]) -> {"scheduled in", []};
line(out, [{M, F, Arity}]) -> {"scheduled out from ~p:~tp/~p", [M, F, Arity]};
line(out, [0]) -> {"scheduled out", []};
line(What, [Info]) when What =:= gc_start; What =:= gc_minor_start; What =:= gc_major_start -> {"gc beginning -- heap ~p bytes", [heap(Info)]};
line(What, [Info]) when What =:= gc_end; What =:= gc_minor_end; What =:= gc_major_end -> {"gc finished -- heap ~p bytes", [heap(Info)]};
line(What, Info) -> {"unknown trace type ~p -- ~tp", [What, Info]}.

heap(Info) -> lists:sum([Size || {Key, Size} <- Info, lists:member(Key, [heap_size, old_heap_size, mbuf_size])]).

arguments(Arity) when is_integer(Arity) -> [$/, integer_to_list(Arity)];
arguments(Args) -> [$(, lists:join(", ", [term(Arg) || Arg <- Args]), $)].

term(Term) -> format_trace_output(Term).

%% A term as text. Maps print without blanks around their arrows; inside other terms records and maps are looked for only if `recon_rec' or `recon_map' has been
%% told of some, and everything else is `~p'.
-spec format_trace_output(term()) -> iolist().
format_trace_output(Term) -> output(recon_rec:is_active(), recon_map:is_active(), Term).

output(true, _, Tuple) when is_tuple(Tuple) -> recon_rec:format_tuple(Tuple);
output(false, true, Tuple) when is_tuple(Tuple), Tuple =/= {} ->
    Elements = [output(false, true, Element) || Element <- tuple_to_list(Tuple)],
    case transom_trace:compat() of
        true -> ["{", [[Element, ","] || Element <- Elements], "}"];
        false -> ["{", lists:join(",", Elements), "}"]
    end;
output(Records, Maps, [_ | _] = List) when Records; Maps ->
    case io_lib:printable_list(List) of
        true -> plain(List);
        false -> ["[", elements(Records, Maps, List), "]"]
    end;
output(Records, Maps, Map) when is_map(Map) ->
    {Label, Shown} = case Maps andalso recon_map:process_map(Map) of
                         {Name, Limited} -> {atom_to_list(Name), Limited};
                         _ -> {"", Map}
                     end,
    Pairs = [[output(Records, Maps, Key), "=>", output(Records, Maps, Value)] || {Key, Value} <- lists:sort(maps:to_list(Shown))],
    [Label, "#{", lists:join(", ", Pairs), $}];
output(_, _, Term) -> plain(Term).

elements(Records, Maps, [Last]) -> output(Records, Maps, Last);
elements(Records, Maps, [Element | Rest]) when is_list(Rest) -> [output(Records, Maps, Element), "," | elements(Records, Maps, Rest)];
elements(Records, Maps, [Element | Tail]) -> [output(Records, Maps, Element), "|", output(Records, Maps, Tail)].

plain(Term) ->
    case transom_trace:compat() of
        true -> io_lib:format("~p", [Term]);
        false -> io_lib:format("~tp", [Term])
    end.

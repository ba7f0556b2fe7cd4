%% dbg: the text front end of tracing.
%%
%% A server registered as `dbg' owns the saved match specifications and is linked to one tracer: a process that runs a handler fun, a trace
%% port (`dbg_port'), or a tracer module. The functions here check their arguments in the caller, so mistakes never end the server;
%% the server talks to `erlang:trace/3' and `erlang:trace_pattern/3'. `dhandler/2' is the default handler and fixes the text of every event.
%% The tracer must never let its queue grow without bound: it holds the traced process while the event of a call is printed.
-module(dbg).

-export([tracer/0, tracer/1, tracer/2, tracer/3, start/0, stop/0, stop_clear/0, get_tracer/0, get_tracer/1]).
-export([p/1, p/2, c/3, c/4, i/0, transform_flags/1]).
-export([tp/2, tp/3, tp/4, tpl/2, tpl/3, tpl/4, tpe/2, ctp/0, ctp/1, ctp/2, ctp/3]).
-export([ctpl/0, ctpl/1, ctpl/2, ctpl/3, ctpg/0, ctpg/1, ctpg/2, ctpg/3, ctpe/1]).
-export([ltp/0, dtp/0, dtp/1, wtp/1, rtp/1, fun2ms/1]).
-export([n/1, cn/1, ln/0, h/0, h/1]).
-export([trace_port/2, trace_port_control/1, trace_port_control/2, flush_trace_port/0, flush_trace_port/1]).
-export([deliver_and_flush/1, trace_client/2, trace_client/3, stop_trace_client/1]).
-export([session_create/1, session/2, session_destroy/1]).
-export([dhandler/2]).

%% Where the process with these keys and options is asked for: the session of `session/2', if the caller is in one.
-define(SESSION, {?MODULE, session}).

%% Targets of erlang:trace/3 that are no registered names.
-define(GROUPS, [all, new, existing, processes, ports, new_processes, new_ports, existing_processes, existing_ports]).

-record(state, {tracer = none,        % none | {process, pid()} | {port, pid() | port()} | {module, {module(), term()}}
                session = legacy,     % that of erlang:trace/3, or {new, Name} until there is a tracer, then a handle of module `trace'
                saved = []}).         % [{Key, MatchSpec | Alias}], numbers and built-in names

%% ---------------------------------------------------------------------------------------------------------------------
%% The server and its tracer

tracer() -> tracer(process, {fun ?MODULE:dhandler/2, user}).

%% tracer(Nodename): a tracer on another node.
tracer(Node) when is_atom(Node) -> tracer(Node, process, {fun ?MODULE:dhandler/2, user}).

tracer(port, Open) when is_function(Open, 0) -> start_with({port, Open});
tracer(port, Port) when is_port(Port) -> start_with({port, fun() -> Port end});
tracer(file, Name) -> tracer(port, trace_port(file, Name));
tracer(process, {Handler, _Data} = Start) when is_function(Handler, 2); is_atom(Handler) -> start_with({process, Start});
tracer(module, Get) when is_function(Get, 0) -> start_with({module, Get});
tracer(module, {Module, _State} = Both) when is_atom(Module) -> start_with({module, fun() -> Both end}).

tracer(Node, Type, Data) when Node =:= node() ->
    case tracer(Type, Data) of
        {ok, _} -> {ok, Node};
        Error -> Error
    end;
tracer(Node, _Type, _Data) when is_atom(Node) -> {error, {nodedown, Node}}.

start() -> start_with(none).

start_with(Type) ->
    case server() of
        undefined -> start_server(Type);
        Server when Type =:= none -> {ok, Server};
        _ -> add_tracer(Type)
    end.

%% A server may run without a tracer, because a pattern was saved first. It takes the tracer then.
add_tracer(Type) ->
    case call({tracer, Type}) of
        ok -> {ok, server()};
        Error -> Error
    end.

start_server(Type) ->
    Caller = self(),
    {Server, Monitor} = spawn_monitor(fun() -> init(Caller, Type) end),
    receive
        {dbg, Server, Answer} -> demonitor(Monitor, [flush]), Answer;
        {'DOWN', Monitor, _, _, _} -> exit(dbg_server_crash)
    end.

init(Caller, Type) ->
    process_flag(trap_exit, true),
    case catch register(dbg, self()) of
        true ->
            case opened(Type) of
                {error, _} = Error -> unregister(dbg), Caller ! {dbg, self(), Error};
                Tracer -> Caller ! {dbg, self(), {ok, self()}}, loop(#state{tracer = Tracer, saved = built_in()})
            end;
        _ -> Caller ! {dbg, self(), {error, already_started}}
    end.

%% Aliases of match specifications. Since OTP 27 the caller comes with its line.
built_in() ->
    Caller = case transom_trace:compat() of true -> {caller}; false -> {caller_line} end,
    [{c, [{'_', [], [{message, Caller}]}]},
     {caller_exception_trace, cx},
     {caller_trace, c},
     {cx, [{'_', [], [{exception_trace}, {message, Caller}]}]},
     {exception_trace, x},
     {x, [{'_', [], [{exception_trace}]}]}].

%% The server of the caller's session.
server() ->
    case get(?SESSION) of
        undefined -> whereis(dbg);
        {Server, _} -> Server
    end.

%% A tracer that cannot be opened changes nothing.
opened(Type) ->
    try open_tracer(Type)
    catch _:Reason:Stack -> {error, {Reason, Stack}}
    end.

open_tracer(none) -> none;
open_tracer({process, {Handler, Data}}) ->
    {process, spawn_link(fun() -> process_flag(trap_exit, true), tracer_loop(Handler, Data) end)};
open_tracer({module, Get}) ->
    {Module, _State} = Both = Get(),
    true = is_atom(Module),
    {module, Both};
open_tracer({port, Open}) ->
    case Open() of
        Port when is_port(Port) -> link(Port), {port, Port}
    end.

call(Request) ->
    case get(?SESSION) of
        undefined ->
            case start() of
                {ok, Server} -> ask(Server, Request);
                {error, already_started} -> call(Request)
            end;
        {Server, _} -> ask(Server, Request)
    end.

ask(Server, Request) ->
    Monitor = monitor(process, Server),
    Server ! {self(), Request},
    receive
        {dbg, Answer} -> demonitor(Monitor, [flush]), Answer;
        {'DOWN', Monitor, _, _, _} -> exit(dbg_server_crash)
    end.

loop(#state{tracer = Tracer, session = Session} = State) ->
    receive
        {From, {tracer, Type}} when Tracer =:= none ->
            case opened(Type) of
                {error, _} = Error -> reply(From, Error, State);
                Opened -> reply(From, ok, State#state{tracer = Opened, session = open_session(Session, Opened)})
            end;
        {From, {tracer, _Type}} -> reply(From, {error, already_started}, State);
        {From, {trace, Who, Flags}} -> reply(From, trace_local(Who, Flags, Tracer, Session), State);
        {From, {pattern, Kind, Where, Spec}} -> set_pattern(From, Kind, Where, Spec, State);
        {From, {clear, Kind, Where}} -> reply(From, {ok, matched(Tracer, fun() -> pattern_bif(Session, Where, false, Kind) end)}, State);
        {From, get_tracer} -> reply(From, State#state.tracer, State);
        {From, saved} -> reply(From, lists:sort(State#state.saved), State);
        {From, {forget, Which}} -> reply(From, ok, State#state{saved = forget(Which, State#state.saved)});
        {From, {remember, Specs}} -> reply(From, ok, lists:foldl(fun(S, Acc) -> element(2, save(S, Acc)) end, State, Specs));
        {'EXIT', Pid, Reason} -> ended(Pid, Reason, State);
        {From, {self_trace, Flags}} -> reply(From, {Tracer, Session, Flags}, State);
        {From, stop} ->
            clear_all(Session),
            close_tracer(Tracer),
            Session =:= legacy andalso unregister(dbg),
            From ! {dbg, ok};
        Garbage ->
            io:format(user, "** dbg got garbage: ~tp~n", [{Garbage, State#state.saved, State#state.tracer}]),
            loop(State)
    end.

reply(To, Answer, State) -> To ! {dbg, Answer}, loop(State).

%% The end of the tracer, or of anything linked to the server, ends tracing as a whole: nothing may stay half switched on.
ended(Pid, Reason, #state{tracer = Tracer, session = Session}) ->
    io:format(user, "** dbg got EXIT - terminating: ~tp~n", [Reason]),
    clear_all(Session),
    case Tracer of
        {_, Pid} -> ok;
        _ -> close_tracer(Tracer)
    end,
    exit(done).

close_tracer({process, Pid}) -> unlink(Pid), exit(Pid, kill);
close_tracer({port, Port}) -> dbg_port:close(Port);
close_tracer(_) -> ok.

%% A session of module `trace' gets its tracer when it is made, so it is made when there is one.
open_session({new, Name}, {process, Pid}) -> trace:session_create(Name, Pid, []);
open_session({new, Name}, {port, Port}) -> trace:session_create(Name, Port, []);
open_session({new, Name}, {module, Both}) -> trace:session_create(Name, Both, []);
open_session(Session, _) -> Session.

clear_all(legacy) ->
    catch erlang:trace(all, false, [all]),
    [catch erlang:trace_pattern({'_', '_', '_'}, false, Kind) || Kind <- [[], [local]]],
    [catch erlang:trace_pattern(Event, true, []) || Event <- [send, 'receive']],
    ok;
clear_all({new, _}) -> ok;
clear_all(Session) -> trace:session_destroy(Session), ok.

stop() ->
    case server() of
        undefined -> ok;
        Server -> stop_server(Server)
    end.

stop_server(Server) ->
    Monitor = monitor(process, Server),
    Server ! {self(), stop},
    receive
        {dbg, ok} ->
            receive {'DOWN', Monitor, _, _, _} -> ok end;
        {'DOWN', Monitor, _, _, _} -> ok
    end.

stop_clear() -> stop().

get_tracer() -> get_tracer(node()).

get_tracer(Node) when Node =:= node() ->
    case server() =/= undefined andalso call(get_tracer) of
        {_, Tracer} -> {ok, Tracer};
        _ -> {error, {no_tracer_on_node, Node}}
    end;
get_tracer(Node) when is_atom(Node) -> {error, {no_tracer_on_node, Node}}.

%% The tracer process. Ends of linked processes other than the server's are of no interest to it.
tracer_loop(Handler, Data) ->
    receive
        {'EXIT', _, _} -> exit(normal);
        {flush, From, Ref} -> From ! {flushed, Ref}, tracer_loop(Handler, Data);
        Event when is_tuple(Event), element(1, Event) =:= trace;
                   is_tuple(Event), element(1, Event) =:= trace_ts;
                   is_tuple(Event), element(1, Event) =:= seq_trace;
                   is_tuple(Event), element(1, Event) =:= drop -> tracer_loop(Handler, handled(Event, Handler, Data));
        {trace_delivered, _, _} -> tracer_loop(Handler, Data);
        Garbage ->
            io:format(user, "** tracer received garbage: ~tp~n", [Garbage]),
            tracer_loop(Handler, Data)
    end.

%% While a call's event is handled its process waits. So a traced process never runs ahead of what prints it, and its calls come out before
%% the results it hands to others.
handled(Event, Handler, Data) when element(3, Event) =:= call ->
    Process = element(2, Event),
    Held = is_pid(Process) andalso (catch erlang:suspend_process(Process)) =:= true,
    Next = invoke(Event, Handler, Data),
    Held andalso (catch erlang:resume_process(Process)),
    Next;
handled(Event, Handler, Data) -> invoke(Event, Handler, Data).

invoke(Event, Handler, Data) ->
    try Handler(Event, Data)
    catch _:Reason:Stack -> exit({trace_handler_crashed, {Reason, Stack}})
    end.

%% ---------------------------------------------------------------------------------------------------------------------
%% Processes

p(Who) -> p(Who, [m]).

p(Who, Flag) when is_atom(Flag) -> p(Who, [Flag]);
p(Who, [clear]) -> trace_who(Who, clear);
p(Who, Flags) ->
    case transform_flags(Flags) of
        {error, _} = Error -> Error;
        Long -> trace_who(Who, Long)
    end.

trace_who(Who, Flags) ->
    case subject(Who) of
        {error, _} = Error -> Error;
        Subject -> call({trace, Subject, Flags})
    end.

subject(Who) when is_pid(Who); is_port(Who); is_atom(Who) -> Who;
%% The number alone is enough: no two processes have it at a time.
subject(N) when is_integer(N) ->
    Prefix = lists:flatten(io_lib:format("<0.~w.", [N])),
    case [P || P <- erlang:processes(), lists:prefix(Prefix, pid_to_list(P))] of
        [Pid] -> Pid;
        [] -> subject({0, N, 0})
    end;
subject({A, B, C}) when is_integer(A), is_integer(B), is_integer(C) -> subject(lists:flatten(io_lib:format("<~w.~w.~w>", [A, B, C])));
subject([$# | _] = Text) -> try list_to_port(Text) catch error:_ -> {error, {badpid, Text}} end;
subject(Text) when is_list(Text) -> try list_to_pid(Text) catch error:_ -> {error, {badpid, Text}} end;
subject(Other) -> {error, {badpid, Other}}.

trace_local(Who, _Flags, none, _) when is_pid(Who); is_port(Who) -> {error, {no_tracer_on_node, node()}};
trace_local(_Who, _Flags, none, _) -> {error, no_tracers};
trace_local(Who, Flags, Tracer, Session) ->
    case is_atom(Who) andalso not lists:member(Who, ?GROUPS) of
        true ->
            case whereis(Who) of
                undefined -> {ok, [{matched, node(), 0, {no_proc, Who}}]};
                Found -> {ok, [trace_matched(Found, Flags, Tracer, Session)]}
            end;
        false -> {ok, [trace_matched(Who, Flags, Tracer, Session)]}
    end.

trace_matched(Who, Flags, Tracer, Session) ->
    try trace_bif(Who, Flags, Tracer, Session) of
        N -> {matched, node(), N}
    catch
        error:badarg when is_pid(Who); is_port(Who) -> {matched, node(), 0, {no_proc, Who}};
        error:Reason:Stack -> {matched, node(), 0, {'EXIT', {Reason, Stack}}}
    end.

trace_bif(Who, clear, _Tracer, legacy) -> erlang:trace(Who, false, [all]);
trace_bif(Who, Flags, {module, {Module, State}}, legacy) -> erlang:trace(Who, true, [{tracer, Module, State} | Flags]);
trace_bif(Who, Flags, {_, Tracer}, legacy) -> erlang:trace(Who, true, [{tracer, Tracer} | Flags]);
trace_bif(Who, clear, _, Session) -> session_bif(Session, Who, false, [all]);
trace_bif(Who, Flags, _, Session) -> session_bif(Session, Who, true, Flags).

session_bif(Session, Who, How, Flags) when is_port(Who); Who =:= ports; Who =:= new_ports; Who =:= existing_ports -> trace:port(Session, Who, How, Flags);
session_bif(Session, Who, How, Flags) -> trace:process(Session, Who, How, Flags).

transform_flags(Flags) when is_list(Flags) -> transform(Flags, []);
transform_flags(Flags) -> {error, {bad_flags, Flags}}.

transform([], Acc) -> Acc;
transform([Flag | Rest] = Flags, Acc) ->
    case flag(Flag) of
        bad -> {error, {bad_flags, Flags}};
        Long -> transform(Rest, Long ++ Acc)
    end;
transform(Tail, _) -> {error, {bad_flags, Tail}}.

flag(m) -> [send, 'receive'];
flag(s) -> [send];
flag(r) -> ['receive'];
flag(c) -> [call];
flag(p) -> [procs];
flag(sos) -> [set_on_spawn];
flag(sol) -> [set_on_link];
flag(sofs) -> [set_on_first_spawn];
flag(sofl) -> [set_on_first_link];
%% Everything but silence, and `running' once.
flag(all) ->
    [send, 'receive', call, procs, ports, garbage_collection, set_on_spawn, set_on_first_spawn, set_on_link, set_on_first_link, timestamp,
     monotonic_timestamp, strict_monotonic_timestamp, arity, return_to, running_procs, running_ports, exiting];
flag(Flag) ->
    case lists:member(Flag, [send, 'receive', call, procs, ports, garbage_collection, running, running_procs, running_ports, exiting,
                             set_on_spawn, set_on_first_spawn, set_on_link, set_on_first_link, timestamp, monotonic_timestamp,
                             strict_monotonic_timestamp, cpu_timestamp, arity, return_to, silent]) of
        true -> [Flag];
        false -> bad
    end.

c(M, F, A) -> c(M, F, A, all).

%% Runs apply(M, F, A) in a process of its own with the flags set, answers its result, and stops tracing.
c(M, F, A, Flag) when is_atom(Flag) -> c(M, F, A, [Flag]);
c(M, F, A, Flags) when is_atom(M), is_atom(F), is_list(A), is_list(Flags) ->
    case transform_flags(Flags) of
        {error, _} = Error -> stop(), Error;
        Long ->
            _ = tracer(),
            How = call({self_trace, Long}),
            {Pid, Monitor} = spawn_monitor(fun() -> evaluate(M, F, A, How) end),
            Answer = receive {'DOWN', Monitor, process, Pid, Reason} -> outcome(Reason) end,
            deliver(Pid),
            stop(),
            Answer
    end.

%% The process sets its own flags, and takes them off before it ends: neither asking for them nor the answer to the caller is an event.
evaluate(M, F, A, {Tracer, Session, Flags}) ->
    _ = trace_bif(self(), Flags, Tracer, Session),
    Result = apply(M, F, A),
    _ = trace_bif(self(), clear, Tracer, Session),
    exit({dbg_result, Result}).

outcome({dbg_result, Result}) -> Result;
outcome(Reason) -> {error, Reason}.

%% Waits until every event of a process has reached the tracer and has been handled.
deliver(Pid) ->
    try erlang:trace_delivered(Pid) of
        Ref -> receive {trace_delivered, Pid, Ref} -> ok end
    catch error:_ -> ok
    end,
    case get_tracer() of
        {ok, Tracer} when is_pid(Tracer) -> flush(Tracer);
        _ -> ok
    end.

flush(Tracer) ->
    Ref = monitor(process, Tracer),
    Tracer ! {flush, self(), Ref},
    receive
        {flushed, Ref} -> demonitor(Ref, [flush]), ok;
        {'DOWN', Ref, _, _, _} -> ok
    end.

i() ->
    case get_tracer() of
        {ok, _} ->
            io:format("~nNode ~w:~n~-12s ~-21s Trace ~n", [node(), "Pid", "Initial call"]),
            lists:foreach(fun show_traced/1, erlang:processes());
        _ -> ok
    end.

show_traced(Pid) ->
    case catch trace_flags(Pid) of
        {flags, [_ | _] = Flags} ->
            Initial = case catch erlang:process_info(Pid, initial_call) of
                          {initial_call, Mfa} -> Mfa;
                          _ -> dead
                      end,
            io:format("~-12s ~-21ts ~s~n", [io_lib:format("~p", [Pid]), io_lib:format("~tp", [Initial]),
                                            lists:join(" | ", [atom_to_list(short(Flag)) || Flag <- Flags])]);
        _ -> ok
    end.

trace_flags(Pid) ->
    case get(?SESSION) of
        undefined -> erlang:trace_info(Pid, flags);
        _ ->
            {_, Session, _} = call({self_trace, []}),
            trace:info(Session, Pid, flags)
    end.

short(send) -> s;
short('receive') -> r;
short(call) -> c;
short(procs) -> p;
short(set_on_spawn) -> sos;
short(set_on_first_spawn) -> sofs;
short(set_on_link) -> sol;
short(set_on_first_link) -> sofl;
short(Flag) -> Flag.

%% ---------------------------------------------------------------------------------------------------------------------
%% Patterns

tp(Module, Spec) when is_atom(Module) -> pattern(global, {Module, '_', '_'}, Spec);
tp({_, _, _} = Where, Spec) -> pattern(global, Where, Spec).
tp(Module, Function, Spec) -> pattern(global, {Module, Function, '_'}, Spec).
tp(Module, Function, Arity, Spec) -> pattern(global, {Module, Function, Arity}, Spec).

tpl(Module, Spec) when is_atom(Module) -> pattern(local, {Module, '_', '_'}, Spec);
tpl({_, _, _} = Where, Spec) -> pattern(local, Where, Spec).
tpl(Module, Function, Spec) -> pattern(local, {Module, Function, '_'}, Spec).
tpl(Module, Function, Arity, Spec) -> pattern(local, {Module, Function, Arity}, Spec).

tpe(Event, Spec) when Event =:= send; Event =:= 'receive' -> pattern(event, Event, Spec).

ctp() -> clear(both, {'_', '_', '_'}).
ctp(Module) when is_atom(Module) -> clear(both, {Module, '_', '_'});
ctp({_, _, _} = Where) -> clear(both, Where).
ctp(Module, Function) -> clear(both, {Module, Function, '_'}).
ctp(Module, Function, Arity) -> clear(both, {Module, Function, Arity}).

ctpl() -> clear(local, {'_', '_', '_'}).
ctpl(Module) when is_atom(Module) -> clear(local, {Module, '_', '_'});
ctpl({_, _, _} = Where) -> clear(local, Where).
ctpl(Module, Function) -> clear(local, {Module, Function, '_'}).
ctpl(Module, Function, Arity) -> clear(local, {Module, Function, Arity}).

ctpg() -> clear(global, {'_', '_', '_'}).
ctpg(Module) when is_atom(Module) -> clear(global, {Module, '_', '_'});
ctpg({_, _, _} = Where) -> clear(global, Where).
ctpg(Module, Function) -> clear(global, {Module, Function, '_'}).
ctpg(Module, Function, Arity) -> clear(global, {Module, Function, Arity}).

ctpe(Event) when Event =:= send; Event =:= 'receive' -> clear(event, Event).

clear(Kind, Where) -> call({clear, Kind, Where}).

%% A specification is checked in the caller: an alias must be known, a list must be a match specification for calls.
pattern(Kind, Where, Spec) when is_list(Spec) ->
    case Spec =:= [] orelse Kind =:= event orelse lint(Spec) of
        {error, _} = Error -> Error;
        _ -> load(Where), call({pattern, Kind, Where, Spec})
    end;
pattern(Kind, Where, Spec) when is_atom(Spec); is_integer(Spec) ->
    load(Where),
    call({pattern, Kind, Where, Spec}).

%% A module that is not loaded has no functions to match, so it is loaded first.
load({Module, _, _}) when is_atom(Module), Module =/= '_' -> code:ensure_loaded(Module);
load(_) -> ok.

lint(Spec) ->
    try erlang:match_spec_test([], Spec, trace) of
        {error, Messages} -> problems(Messages);
        _ -> ok
    catch error:_ -> {error, badarg}
    end.

%% Warnings alone do not refuse a specification.
problems(Messages) ->
    case [M || {error, _} = M <- Messages] of
        [] -> ok;
        _ -> {error, Messages}
    end.

set_pattern(From, Kind, Where, Spec, State) ->
    case resolve(Spec, State) of
        unknown -> reply(From, {error, unknown_pattern}, State);
        {Key, MatchSpec, NewState} ->
            Matched = matched(State#state.tracer, fun() -> pattern_bif(State#state.session, Where, MatchSpec, Kind) end),
            Saved = [{saved, Key} || Key =/= none],
            reply(From, {ok, Matched ++ Saved}, NewState)
    end.

resolve([], State) -> {none, true, State};
resolve(Spec, State) when is_list(Spec) ->
    {Key, NewState} = save(Spec, State),
    {Key, Spec, NewState};
resolve(Key, State) ->
    case lookup(Key, State#state.saved) of
        unknown -> unknown;
        {Meant, Spec} -> {Meant, Spec, State}
    end.

%% An alias of an alias is called by the name of what it means.
lookup(Key, Saved) ->
    case lists:keyfind(Key, 1, Saved) of
        {_, Spec} when is_list(Spec) -> {Key, Spec};
        {_, Alias} -> lookup(Alias, Saved);
        false -> unknown
    end.

%% The same specification is saved once; a new one gets the number behind the highest.
save(Spec, #state{saved = Saved} = State) ->
    case lists:keyfind(Spec, 2, Saved) of
        {Key, _} -> {Key, State};
        false ->
            N = lists:max([0 | [Key || {Key, _} <- Saved, is_integer(Key)]]) + 1,
            {N, State#state{saved = [{N, Spec} | Saved]}}
    end.

forget(all, Saved) -> [Entry || {Key, _} = Entry <- Saved, is_atom(Key)];
forget(Key, Saved) when is_integer(Key) -> lists:keydelete(Key, 1, Saved);
forget(_, Saved) -> Saved.

%% Without a tracer patterns are saved and nothing is set.
matched(none, _Set) -> [];
matched(_Tracer, Set) ->
    try Set() of
        N -> [{matched, node(), N}]
    catch
        error:Reason:Stack -> [{matched, node(), 0, {badrpc, {'EXIT', {Reason, Stack}}}}]
    end.

pattern_bif(legacy, Event, Spec, _) when is_atom(Event) -> erlang:trace_pattern(Event, Spec =:= false orelse Spec, []);
pattern_bif(Session, send, Spec, _) -> trace:send(Session, Spec =:= false orelse Spec, []);
pattern_bif(Session, 'receive', Spec, _) -> trace:recv(Session, Spec =:= false orelse Spec, []);
pattern_bif(Session, Where, Spec, local) -> function_bif(Session, Where, Spec, [local]);
pattern_bif(Session, Where, Spec, global) -> function_bif(Session, Where, Spec, []);
pattern_bif(Session, Where, Spec, both) ->
    _ = function_bif(Session, Where, Spec, []),
    function_bif(Session, Where, Spec, [local]).

function_bif(legacy, Where, Spec, Kind) -> erlang:trace_pattern(Where, Spec, Kind);
function_bif(Session, Where, Spec, Kind) -> trace:function(Session, Where, Spec, Kind).

ltp() ->
    lists:foreach(fun({Key, Spec}) -> io:format("~p: ~tp~n", [Key, Spec]) end, call(saved)).

dtp() -> call({forget, all}).
dtp(Key) when is_integer(Key); is_atom(Key) -> call({forget, Key}).

wtp(Name) ->
    Specs = [Spec || {_, Spec} <- call(saved), is_list(Spec)],
    Text = ["%% coding: utf-8\n" | [io_lib:format("~tp.~n", [Spec]) || Spec <- Specs]],
    file:write_file(Name, unicode:characters_to_binary(Text)).

rtp(Name) ->
    case file:consult(Name) of
        {ok, Specs} ->
            case [Bad || Bad <- Specs, not is_list(Bad) orelse lint(Bad) =/= ok] of
                [] -> call({remember, Specs});
                _ -> {error, {file_format_error, bad_match_spec}}
            end;
        {error, Reason} -> {error, {read_error, Reason}}
    end.

fun2ms(Fun) when is_function(Fun) ->
    case erl_eval:fun_data(Fun) of
        {fun_data, Bindings, Clauses} ->
            case ms_transform:transform_from_shell(?MODULE, Clauses, Bindings) of
                {error, [{_, [{_, Module, Code} | _]} | _], _} ->
                    io:format("Error: ~ts~n", [Module:format_error(Code)]),
                    {error, transform_error};
                Spec -> Spec
            end;
        _ -> exit({badarg, {?MODULE, fun2ms, [function, called, with, real, 'fun', should, be, transformed, with, parse_transform,
                                              'or', called, with, a, 'fun', generated, in, the, shell]}})
    end.

%% ---------------------------------------------------------------------------------------------------------------------
%% Nodes

n(Node) when Node =:= node() -> {error, cant_add_local_node};
n(Node) when is_atom(Node) -> {error, {nodedown, Node}}.

cn(Node) when is_atom(Node) -> ok.

ln() ->
    case get_tracer() of
        {ok, _} -> io:format("~p~n", [node()]);
        _ -> ok
    end.

%% ---------------------------------------------------------------------------------------------------------------------
%% Trace ports

trace_port(file, {Name, wrap, Suffix}) -> trace_port(file, {Name, wrap, Suffix, 128 * 1024});
trace_port(file, {Name, wrap, Suffix, Size}) -> trace_port(file, {Name, wrap, Suffix, Size, 8});
trace_port(file, {_Name, wrap, _Suffix, _Limit, _Count} = Wrap) -> fun() -> dbg_port:open_file(Wrap) end;
trace_port(file, Name) when is_list(Name); is_atom(Name); is_binary(Name) -> fun() -> dbg_port:open_file(Name) end;
trace_port(ip, Port) when is_integer(Port) -> trace_port(ip, {Port, 200});
trace_port(ip, {Port, Queue}) when is_integer(Port), is_integer(Queue), Queue > 0 -> fun() -> dbg_port:open_ip(Port, Queue) end.

trace_port_control(Operation) -> trace_port_control(node(), Operation).

trace_port_control(Node, Operation) when Operation =:= flush; Operation =:= get_listen_port ->
    case get_tracer(Node) of
        {ok, Port} when is_port(Port) -> dbg_port:control(Port, Operation);
        {ok, _} -> {error, no_trace_driver};
        Error when Operation =:= flush; Operation =:= get_listen_port -> no_driver(Error)
    end.

no_driver({error, _}) -> {error, no_trace_driver}.

flush_trace_port() -> trace_port_control(flush).
flush_trace_port(Node) -> trace_port_control(Node, flush).

%% Everything that has happened is in the file of a trace port, or with its reader, when this returns.
deliver_and_flush(Port) ->
    Ref = erlang:trace_delivered(all),
    receive {trace_delivered, all, Ref} -> ok end,
    erlang:port_control(Port, $f, "").

trace_client(Type, Where) when Type =:= file; Type =:= follow_file; Type =:= ip -> trace_client(Type, Where, {fun ?MODULE:dhandler/2, user}).

trace_client(Type, Where, {Handler, Data}) when Type =:= file; Type =:= follow_file; Type =:= ip ->
    dbg_port:client(Type, Where, Handler, Data).

stop_trace_client(Pid) when is_pid(Pid) -> dbg_port:stop_client(Pid).

%% ---------------------------------------------------------------------------------------------------------------------
%% Sessions. Each has a server and a trace session of its own, so they do not touch each other; inside the fun of session/2 every function here means that session.

session_create(Name) when is_atom(Name) ->
    Owner = self(),
    {Server, Monitor} = spawn_monitor(fun() ->
        process_flag(trap_exit, true),
        Owner ! {dbg, self(), ready},
        loop(#state{saved = built_in(), session = {new, Name}}) end),
    receive
        {dbg, Server, ready} -> demonitor(Monitor, [flush]), {dbg_session, Server, Name};
        {'DOWN', Monitor, _, _, _} -> exit(dbg_server_crash)
    end.

session({dbg_session, Server, Name}, Fun) when is_function(Fun, 0) ->
    is_process_alive(Server) orelse error(dead_session),
    Before = put(?SESSION, {Server, Name}),
    try Fun()
    after
        case Before of
            undefined -> erase(?SESSION);
            _ -> put(?SESSION, Before)
        end
    end.

session_destroy({dbg_session, Server, _Name}) ->
    case is_process_alive(Server) of
        true -> stop_server(Server);
        false -> ok
    end.

%% ---------------------------------------------------------------------------------------------------------------------
%% The default handler. Device is where lines go; terms inside a line are laid out by it, terms inside names of functions on their own.

dhandler(end_of_trace, Device) -> Device;
dhandler({drop, N}, Device) -> line(Device, "*** Dropped ~p messages.~n", [N]);
dhandler({seq_trace, Label, Info}, Device) -> seq(Device, Info, "SeqTrace [~p]: ", [Label]);
dhandler({seq_trace, Label, Info, Ts}, Device) -> seq(Device, Info, "SeqTrace ~p [~p]: ", [Ts, Label]);
dhandler({trace, _, 'receive', {dbg, ok}}, Device) -> Device;
dhandler({trace_ts, _, 'receive', {dbg, ok}, _}, Device) -> Device;
dhandler(Event, Device) when element(1, Event) =:= trace -> event(Device, tl(tuple_to_list(Event)), "", []);
dhandler(Event, Device) when element(1, Event) =:= trace_ts ->
    [Ts | Rest] = lists:reverse(tl(tuple_to_list(Event))),
    event(Device, lists:reverse(Rest), " (Timestamp: ~p)", [Ts]);
dhandler(_Unknown, Device) -> Device.

line(Device, Format, Arguments) ->
    io:format(Device, Format, Arguments),
    Device.

event(Device, [Who, What | Rest], EndFormat, End) ->
    T = modifier(Device),
    {Format, Arguments} = text(What, Rest, T),
    line(Device, "(~p) " ++ Format ++ EndFormat ++ "~n", [Who | Arguments] ++ End).

text('receive', [Message], T) -> {"<< ~" ++ T ++ "p", [Message]};
text(send, [Message, To], T) -> {"~p ! ~" ++ T ++ "p", [To, Message]};
text(call, [Mfa], T) -> {"call ~" ++ T ++ "s", [mfa(Mfa, T)]};
text(call, [Mfa, Extra], T) -> {"call ~" ++ T ++ "s (~" ++ T ++ "p)", [mfa(Mfa, T), Extra]};
text(return_from, [Mfa, Value], T) -> {"returned from ~" ++ T ++ "s -> ~" ++ T ++ "p", [mfa(Mfa, T), Value]};
text(return_to, [Mfa], T) -> {"returning to ~" ++ T ++ "s", [mfa(Mfa, T)]};
text(spawn, [Pid, Mfa], T) -> {"spawn ~p as ~" ++ T ++ "s", [Pid, mfa(Mfa, T)]};
text(What, Rest, T) -> {"~p ~" ++ T ++ "s", [What, lists:join(" ", [io_lib:format("~" ++ T ++ "p", [X]) || X <- Rest])]}.

mfa({M, F, Arguments}, T) when is_list(Arguments) ->
    io_lib:format("~p:~" ++ T ++ "p(~" ++ T ++ "s)", [M, F, lists:join(",", [io_lib:format("~" ++ T ++ "p", [A]) || A <- Arguments])]);
mfa({M, F, Arity}, T) -> io_lib:format("~p:~" ++ T ++ "p/~p", [M, F, Arity]);
mfa(Other, T) -> io_lib:format("~" ++ T ++ "p", [Other]).

seq(Device, {send, Serial, From, To, Message}, Prefix, Start) ->
    line(Device, Prefix ++ "(~p) ~p ! ~" ++ modifier(Device) ++ "p [Serial: ~p]~n", Start ++ [From, To, Message, Serial]);
seq(Device, {'receive', Serial, From, To, Message}, Prefix, Start) ->
    line(Device, Prefix ++ "(~p) << ~" ++ modifier(Device) ++ "p [Serial: ~p, From: ~p]~n", Start ++ [To, Message, Serial, From]);
seq(Device, {print, Serial, From, _, Info}, Prefix, Start) ->
    line(Device, Prefix ++ "-> ~" ++ modifier(Device) ++ "p [Serial: ~p, From: ~p]~n", Start ++ [Info, Serial, From]);
seq(Device, Other, Prefix, Start) ->
    line(Device, Prefix ++ "~" ++ modifier(Device) ++ "p~n", Start ++ [Other]).

%% "t" for a device that takes Unicode.
modifier(Device) ->
    case catch io:getopts(Device) of
        Options when is_list(Options) ->
            case lists:keyfind(encoding, 1, Options) of
                {encoding, latin1} -> "";
                _ -> "t"
            end;
        _ -> "t"
    end.

%% ---------------------------------------------------------------------------------------------------------------------
%% Help

h() ->
    io:format("Help is available on:~n", []),
    [io:format("   ~ts~n       - ~ts~n", [Items, What]) || {Items, What} <- topics()],
    io:format("~nUse dbg:h(Item) for one of them.~n", []).

h(Item) when is_atom(Item) ->
    [_ | _] = Lines = help(Item),
    lists:foreach(fun({Usage, What}) -> io:format("~ts~n - ~ts~n", [Usage, What]) end, Lines).

topics() ->
    [{"p, c", "Choose the processes to trace and what to trace of them"},
     {"tp, tpl, tpe, ctp, ctpl, ctpg, ctpe", "Choose the functions and messages to trace"},
     {"ltp, dtp, wtp, rtp", "List, delete, write and read saved match specifications"},
     {"n, cn, ln", "Nodes that are traced"},
     {"tracer, trace_port, trace_client, get_tracer, stop", "The receiver of the events"},
     {"i", "The processes that are traced"}].

help(p) -> [{"p(Item) -> {ok, Matched} | {error, Reason}", "The same as p(Item, [m])."},
            {"p(Item, Flags) -> {ok, Matched} | {error, Reason}",
             "Traces a process, port, registered name, all, new or existing. Flags: s, r, m, c, p, sos, sofs, sol, sofl, all, clear and those of erlang:trace/3."}];
help(c) -> [{"c(Mod, Fun, Args) -> Result", "Calls the function in a traced process and stops tracing after it."},
            {"c(Mod, Fun, Args, Flags) -> Result", "The same with these flags."}];
help(tp) -> [{"tp(Mod, Spec), tp(Mod, Fun, Spec), tp(Mod, Fun, Arity, Spec), tp({Mod, Fun, Arity}, Spec)",
              "Traces calls from other modules. Spec: [], a match specification, the number of a saved one, or c, x, cx."}];
help(tpl) -> [{"tpl(..., Spec)", "As tp, for calls inside the module too."}];
help(tpe) -> [{"tpe(send | 'receive', Spec)", "Selects the messages that are traced."}];
help(ctp) -> [{"ctp(), ctp(Mod), ctp(Mod, Fun), ctp(Mod, Fun, Arity)", "Removes global and local patterns."}];
help(ctpl) -> [{"ctpl(...)", "Removes local patterns."}];
help(ctpg) -> [{"ctpg(...)", "Removes global patterns."}];
help(ctpe) -> [{"ctpe(send | 'receive')", "All messages are traced again."}];
help(ltp) -> [{"ltp() -> ok", "Prints the saved match specifications."}];
help(dtp) -> [{"dtp() -> ok", "Deletes every saved match specification."}, {"dtp(N) -> ok", "Deletes one."}];
help(wtp) -> [{"wtp(Name) -> ok | {error, Reason}", "Writes the saved match specifications to a file."}];
help(rtp) -> [{"rtp(Name) -> ok | {error, Reason}", "Reads match specifications from a file."}];
help(n) -> [{"n(Node) -> {ok, Node} | {error, Reason}", "Adds a node to those traced."}];
help(cn) -> [{"cn(Node) -> ok", "Removes a node."}];
help(ln) -> [{"ln() -> ok", "Prints the nodes."}];
help(tracer) -> [{"tracer() -> {ok, pid()} | {error, already_started}", "Starts a tracer that prints events."},
                 {"tracer(process, {Fun, State}), tracer(port, Open), tracer(module, {Mod, State}), tracer(file, Name)", "Starts another kind of tracer."}];
help(trace_port) -> [{"trace_port(file, Name | {Name, wrap, Suffix [, Limit [, Count]]}) -> fun()", "Opens a file for tracer(port, Fun)."},
                     {"trace_port(ip, Port | {Port, Queue}) -> fun()", "Opens a TCP port for tracer(port, Fun)."}];
help(trace_client) -> [{"trace_client(file | follow_file | ip, Where [, {Fun, State}]) -> pid()", "Reads what a trace port wrote."}];
help(get_tracer) -> [{"get_tracer() -> {ok, Tracer} | {error, Reason}", "The receiver of the events."}];
help(stop) -> [{"stop() -> ok", "Removes every flag and pattern and ends the tracer."}];
help(stop_clear) -> help(stop);
help(i) -> [{"i() -> ok", "Prints the traced processes and their flags."}].

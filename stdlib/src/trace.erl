%% trace: trace sessions, as in kernel of OTP 27; system/3 as in 28.
%%
%% A session is isolated from all others: its patterns, its process flags and its tracer are its own. The work is done by primitives that take any session;
%% here arguments are put into their order.
-module(trace).

-export([session_create/3, session_destroy/1, session_info/1]).
-export([sessions/0]).
-export([process/4, port/4, function/4, send/3, recv/3, info/3, delivered/2, system/3]).

-export_type([session/0, session_strong_ref/0, session_weak_ref/0]).

%% The reference in a full handle keeps its session alive: when the last copy of it is garbage, the session ends as by session_destroy/1.
-type session() :: {session_strong_ref(), session_weak_ref()} | session_weak_ref().
-opaque session_strong_ref() :: reference().
-opaque session_weak_ref() :: {atom(), integer()}.
-type tracer() :: pid() | port() | {module(), term()}.
-type match_spec() :: [{[term()] | '_' | atom(), [term()], [term()]}].

-spec session_create(atom(), tracer(), list()) -> session().
session_create(Name, Tracer, Opts) ->
    case Tracer of
        {Module, _} when is_atom(Module) -> _ = code:ensure_loaded(Module);
        _ -> ok
    end,
    try erts_internal:trace_session_create(Name, Tracer, Opts)
    catch error:Reason -> error(Reason, [Name, Tracer, Opts])
    end.

-spec session_destroy(session()) -> boolean().
session_destroy(Session) ->
    try erts_internal:trace_session_destroy(Session)
    catch error:Reason -> error(Reason, [Session])
    end.

%% Weak handles of sessions that trace a process or port, a function, new processes, or all there are. The legacy session is `default'.
-spec session_info(all | pid() | port() | mfa() | new | new_processes | new_ports | on_load | send | 'receive') ->
          [session_weak_ref() | default] | undefined.
session_info(What) ->
    try erts_internal:trace_sessions_of(What)
    catch error:Reason -> error(Reason, [What])
    end.

%% What is known of every session: its number, name, owner and state, how much it has set, and what became of its events. Not part of OTP.
-spec sessions() -> [map()].
sessions() -> erts_internal:native_trace_list().

-spec process(session(), pid() | all | processes | existing | existing_processes | new | new_processes, boolean(), [atom()]) -> non_neg_integer().
process(Session, Port, How, Flags) when is_port(Port) -> error(badarg, [Session, Port, How, Flags]);
process(Session, Procs, How, Flags) ->
    Who = case Procs of
              all -> processes;
              existing -> existing_processes;
              new -> new_processes;
              _ -> Procs
          end,
    try erts_internal:trace(Session, Who, How, Flags)
    catch error:Reason -> error(Reason, [Session, Procs, How, Flags])
    end.

-spec port(session(), port() | all | ports | existing | existing_ports | new | new_ports, boolean(), [atom()]) -> non_neg_integer().
port(Session, Pid, How, Flags) when is_pid(Pid) -> error(badarg, [Session, Pid, How, Flags]);
port(Session, Ports, How, Flags) ->
    Who = case Ports of
              all -> ports;
              existing -> existing_ports;
              new -> new_ports;
              _ -> Ports
          end,
    try erts_internal:trace(Session, Who, How, Flags)
    catch error:Reason -> error(Reason, [Session, Ports, How, Flags])
    end.

-spec function(session(), {module(), atom(), arity() | '_'} | on_load, match_spec() | boolean() | restart | pause, [atom()]) -> non_neg_integer().
function(Session, MFA, MatchSpec, Flags) ->
    try erts_internal:trace_pattern(Session, MFA, MatchSpec, Flags)
    catch error:Reason -> error(Reason, [Session, MFA, MatchSpec, Flags])
    end.

-spec send(session(), match_spec() | boolean(), []) -> non_neg_integer().
send(Session, MatchSpec, Flags) ->
    try erts_internal:trace_pattern(Session, send, MatchSpec, Flags)
    catch error:Reason -> error(Reason, [Session, MatchSpec, Flags])
    end.

-spec recv(session(), match_spec() | boolean(), []) -> non_neg_integer().
recv(Session, MatchSpec, Flags) ->
    try erts_internal:trace_pattern(Session, 'receive', MatchSpec, Flags)
    catch error:Reason -> error(Reason, [Session, MatchSpec, Flags])
    end.

-spec info(session(), pid() | port() | mfa() | new | new_processes | new_ports | on_load | send | 'receive', atom()) -> term().
info(Session, What, Item) ->
    try erts_internal:trace_info(Session, What, Item)
    catch error:Reason -> error(Reason, [Session, What, Item])
    end.

%% Events reach the tracer in the order in which they happen, whatever the session.
-spec delivered(session(), pid() | all) -> reference().
delivered(_Session, Tracee) ->
    try erlang:trace_delivered(Tracee)
    catch error:Reason -> error(Reason, [_Session, Tracee])
    end.

%% Events of the whole VM to the session's tracer, as {monitor, Pid, Event, Info}; see erlang:system_monitor/2. `false' ends an event.
-spec system(session(), long_gc | long_schedule | large_heap | long_message_queue | busy_port | busy_dist_port, term()) -> ok.
system(Session, Event, Opt) ->
    try erts_internal:trace_system(Session, Event, Opt)
    catch error:Reason -> error(Reason, [Session, Event, Opt])
    end.

%% transom_profile: what the profilers share: trace sessions that measure functions instead of sending events.
%%
%% A profile is `{Kind, [{Module, Function, Arity, [{Pid | all, Calls, Measure}]}]}': calls for `call_count', microseconds for `call_time', words for
%% `call_memory'. Sessions belong to the process that opens them and are gone with it, so the profilers need no cleaning up of their own.
-module(transom_profile).

-export([open/1, close/1, set/4, measure/3, functions/1, collect/2, trace/4, run/2, rows/1, text/1]).

-export_type([kind/0, profile/0]).

-type kind() :: call_count | call_time | call_memory.
-type measured() :: {pid() | all, pos_integer(), non_neg_integer()}.
-type profile() :: {kind(), [{module(), atom(), arity(), [measured()]}]}.

-spec open(atom()) -> trace:session().
open(Name) -> trace:session_create(Name, self(), []).

-spec close(trace:session()) -> boolean().
close(Session) -> trace:session_destroy(Session).

%% Measures functions (`true', `restart'), holds their measurement (`pause') until it goes on (`continue'), or ends it (`false'); answers how many there are.
-spec set(trace:session(), kind(), {module(), atom(), arity() | '_'}, boolean() | restart | pause | continue) -> non_neg_integer().
set(Session, Kind, Mfa, continue) -> erts_internal:trace_pattern(Session, Mfa, continue, [Kind]);
set(Session, Kind, Mfa, How) -> trace:function(Session, Mfa, How, [Kind]).

%% The functions that a session measures.
-spec functions(trace:session()) -> [mfa()].
functions(Session) -> erts_internal:trace_functions(Session).

-spec trace(trace:session(), term(), boolean(), boolean()) -> non_neg_integer().
trace(Session, Who, How, SetOnSpawn) -> trace:process(Session, Who, How, [call | [set_on_spawn || SetOnSpawn]]).

%% What was measured since the start, without functions that nobody called. Functions that allocated nothing are left out of a profile of memory.
-spec collect(trace:session(), kind()) -> profile().
collect(Session, Kind) ->
    {Kind, [{M, F, A, Measured} || {M, F, A} = Mfa <- lists:sort(functions(Session)), Measured <- [measured(Kind, trace:info(Session, Mfa, Kind))],
                                   Measured =/= []]}.

measured(call_count, {_, Calls}) when is_integer(Calls), Calls > 0 -> [{all, Calls, Calls}];
measured(call_time, {_, Rows}) when is_list(Rows) -> [{Pid, Calls, S * 1000000 + Us} || {Pid, Calls, S, Us} <- lists:sort(Rows), Calls > 0];
measured(call_memory, {_, Rows}) when is_list(Rows) -> [Row || {_, _, Words} = Row <- lists:sort(Rows), Words > 0];
measured(_, _) -> [].

%% Measures all functions that the patterns name. A pattern for all modules leaves out the ones at work here, which would show in every profile.
-spec measure(trace:session(), kind(), [{module(), atom(), arity() | '_'}]) -> ok.
measure(Session, Kind, Patterns) ->
    _ = [set(Session, Kind, Pattern, true) || Pattern <- Patterns],
    Own = [{M, '_', '_'} || {'_', _, _} <- Patterns, M <- [eprof, tprof, transom_profile, trace, erts_internal]],
    _ = [set(Session, Kind, Pattern, false) || Pattern <- Own],
    ok.

%% Runs a function in a process of its own, after `ready' has returned for it; nothing else is called between that and `stop'. `{'EXIT', timeout}': it
%% was killed.
-spec run(fun(() -> term()) | {module(), atom(), [term()]}, #{ready := fun((pid()) -> term()), stop := fun(() -> term()), timeout => timeout()}) -> {ok, term()} | {'EXIT', term()}.
run(What, #{ready := Ready, stop := Stop} = Options) ->
    Caller = self(),
    Tag = make_ref(),
    {Pid, Monitor} = spawn_monitor(fun() -> receive Tag -> Caller ! {Tag, called(What)} end end),
    Timeout = maps:get(timeout, Options, infinity),
    _ = Ready(Pid),
    Pid ! Tag,
    Answer = receive
                 {Tag, Value} -> {ok, Value};
                 {'DOWN', Monitor, process, Pid, Reason} -> {'EXIT', Reason}
             after Timeout ->
                     exit(Pid, kill),
                     receive {'DOWN', Monitor, process, Pid, _} -> {'EXIT', timeout} end
             end,
    %% Nothing is called before measuring has stopped.
    _ = Stop(),
    erlang:demonitor(Monitor, [flush]),
    receive {Tag, _} -> ok after 0 -> ok end,
    Answer.

called({M, F, Args}) -> apply(M, F, Args);
called(Fun) -> Fun().

%% One row for each process and function: `{Pid | all, {M, F, A}, Calls, Measure}'.
-spec rows(profile()) -> [{pid() | all, mfa(), pos_integer(), non_neg_integer()}].
rows({_Kind, Functions}) -> [{Pid, {M, F, A}, Calls, Measure} || {M, F, A, Measured} <- Functions, {Pid, Calls, Measure} <- Measured].

%% `m:f/1', names quoted where needed.
-spec text(mfa()) -> string().
text({M, F, A}) -> lists:flatten(io_lib:format("~tw:~tw/~w", [M, F, A])).

%% seq_trace: sequential tracing. A token travels with every message, exit signal and spawn that follows from what the process does; each step is
%% told to one system tracer as `{seq_trace, Label, Info}' or `{seq_trace, Label, Info, TimeStamp}', Info being
%%   {send, {Previous, Serial}, From, To, Message} | {'receive', {Previous, Serial}, From, To, Message} | {print, {Previous, Serial}, From, [], Info}
%% A message without a token ends the token of the process that takes it out of its mailbox.
-module(seq_trace).

-export([set_token/1, set_token/2, get_token/0, get_token/1]).
-export([print/1, print/2, reset_trace/0, set_system_tracer/1, get_system_tracer/0]).

-export_type([token/0]).

-type component() :: label | serial | flag().
-type flag() :: send | 'receive' | print | timestamp | monotonic_timestamp | strict_monotonic_timestamp.
-type value() :: term() | {Previous :: integer(), Current :: integer()} | boolean().
-opaque token() :: {Flags :: integer(), Label :: term(), Serial :: integer(), From :: pid(), Previous :: integer()}.
-type tracer() :: pid() | port() | {module(), term()} | false.

%% The bits of a token's flags.
-define(FLAGS, [{send, 1}, {'receive', 2}, {print, 4}, {timestamp, 8}, {strict_monotonic_timestamp, 16}, {monotonic_timestamp, 32}]).

%% A token from get_token/0, or [] to have none. Answers the token before when it ends.
-spec set_token([] | token()) -> [] | token() | ok.
set_token([]) -> erts_internal:seq_trace_token([]);
set_token({Flags, Label, Serial, _From, Previous}) ->
    On = [{Flag, Flags band Bit =/= 0} || {Flag, Bit} <- ?FLAGS],
    lists:foreach(fun({Component, Value}) -> set_token(Component, Value) end, On ++ [{label, Label}, {serial, {Previous, Serial}}]).

%% Answers the old value of the component.
-spec set_token(component(), value()) -> value().
set_token(Component, Value) -> erlang:seq_trace(Component, Value).

-spec get_token() -> [] | token().
get_token() -> erlang:seq_trace_info(token).

-spec get_token(component()) -> [] | {component(), value()}.
get_token(Component) -> erlang:seq_trace_info(Component).

-spec print(term()) -> ok.
print(Info) ->
    _ = erlang:seq_trace_print(Info),
    ok.

%% Only if the token has that label.
-spec print(term(), term()) -> ok.
print(Label, Info) ->
    _ = erlang:seq_trace_print(Label, Info),
    ok.

%% Ends the token of every process and of every message under way.
-spec reset_trace() -> true.
reset_trace() -> erts_internal:seq_trace_reset().

%% Answers the tracer before. The tracer's own messages carry no token.
-spec set_system_tracer(tracer()) -> tracer().
set_system_tracer({Module, State} = Tracer) when is_atom(Module) ->
    _ = code:ensure_loaded(Module) =:= {module, Module} orelse error(undef, [Tracer]),
    %% A module may refuse.
    transom_tracer:seq_status(Module, State) =/= remove orelse error(badarg, [Tracer]),
    erlang:system_flag(sequential_tracer, Tracer);
set_system_tracer(Tracer) -> erlang:system_flag(sequential_tracer, Tracer).

%% `false' when there is none, or when it has died.
-spec get_system_tracer() -> tracer().
get_system_tracer() ->
    {sequential_tracer, Tracer} = erlang:system_info(sequential_tracer),
    Tracer.

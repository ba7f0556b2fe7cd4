%% Puts something that is not an OTP process into a supervision tree.
-module(supervisor_bridge).
-behaviour(gen_server).

-export([start_link/2, start_link/3]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2, code_change/3]).

-callback init(Args :: term()) -> {ok, pid(), term()} | ignore | {error, term()}.
-callback terminate(Reason :: term(), State :: term()) -> term().

-record(bridge, {mod, pid, state, name}).

start_link(Mod, Args) -> gen_server:start_link(supervisor_bridge, [Mod, Args, self], []).

start_link(Name, Mod, Args) -> gen_server:start_link(Name, supervisor_bridge, [Mod, Args, Name], []).

init([Mod, Args, Name0]) ->
    process_flag(trap_exit, true),
    Name = case Name0 of
        self -> {self(), Mod};
        _ -> Name0
    end,
    case Mod:init(Args) of
        {ok, Pid, State} ->
            link(Pid),
            {ok, #bridge{mod = Mod, pid = Pid, state = State, name = Name}};
        ignore -> ignore;
        {error, Reason} -> {stop, Reason}
    end.

handle_call(which_children, _, B) -> {reply, [], B};
handle_call(count_children, _, B) -> {reply, [{specs, 1}, {active, 0}, {supervisors, 0}, {workers, 0}], B};
handle_call(_, _, B) -> {reply, {error, badcall}, B}.

handle_cast(_, B) -> {noreply, B}.

handle_info({'EXIT', Pid, Reason}, #bridge{pid = Pid, name = Name, mod = Mod} = B) ->
    case lists:member(Reason, [normal, shutdown]) of
        true -> ok;
        false ->
            logger:log(error, #{label => {supervisor, error},
                                report => [{supervisor, Name}, {errorContext, child_terminated}, {reason, Reason},
                                           {offender, [{pid, Pid}, {mod, Mod}]}]},
                       #{domain => [otp, sasl], report_cb => fun logger:format_otp_report/1,
                         logger_formatter => #{title => "SUPERVISOR REPORT"}})
    end,
    {stop, Reason, B#bridge{pid = undefined}};
handle_info(_, B) -> {noreply, B}.

terminate(_, #bridge{pid = undefined}) -> ok;
terminate(Reason, #bridge{mod = Mod, state = State}) ->
    _ = Mod:terminate(Reason, State),
    ok.

code_change(_, B, _) -> {ok, B}.

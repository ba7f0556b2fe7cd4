%% eprof: where a program spends its time, function by function.
%%
%% A registered server owns one trace session (`transom_profile'). Times are own times: what a measured function called is not in its own. What was measured
%% is kept until the next profiling begins, so that it can be analyzed more than once.
-module(eprof).
-behaviour(gen_server).

-export([start/0, stop/0, dump/0, log/1]).
-export([start_profiling/1, start_profiling/2, start_profiling/3, stop_profiling/0]).
-export([profile/1, profile/2, profile/3, profile/4, profile/5, profile/6]).
-export([analyze/0, analyze/1, analyze/2]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).

-define(ALL, {'_', '_', '_'}).

-record(state, {session = none,         % of a profiling under way
                log = none,             % a second device for tables
                rows = []}).            % [{Pid, [{Mfa, {Calls, Microseconds}}]}], sorted

-spec start() -> {ok, pid()} | {error, {already_started, pid()}}.
start() -> gen_server:start({local, ?MODULE}, ?MODULE, [], []).

-spec stop() -> stopped.
stop() -> call(stop).

%% Tables are written to a file too from now on.
-spec log(file:name_all()) -> ok | {error, file:posix()}.
log(File) -> call({log, File}).

%% What was measured last: `[{Pid, [{{M, F, A}, {Calls, Microseconds}}]}]'.
dump() -> call(dump).

call(Request) -> gen_server:call(?MODULE, Request, infinity).

%% ---------------------------------------------------------------------------------------------------------------------
%% Profiling

start_profiling(Rootset) -> start_profiling(Rootset, ?ALL).

start_profiling(Rootset, Pattern) -> start_profiling(Rootset, Pattern, [{set_on_spawn, true}]).

-spec start_profiling([atom() | pid()], {atom(), atom(), arity() | '_'}, [set_on_spawn | {set_on_spawn, boolean()}]) -> profiling | {error, term()}.
start_profiling(Rootset, Pattern, Options) ->
    ok = needs_server(),
    call({start, Rootset, Pattern, Options}).

-spec stop_profiling() -> profiling_stopped | profiling_already_stopped.
stop_profiling() -> call(stop_profiling).

profile(Fun) when is_function(Fun) -> profile([], Fun);
profile(Rootset) when is_list(Rootset) -> start_profiling(Rootset).

profile(Rootset, Fun) when is_function(Fun) -> profile(Rootset, Fun, ?ALL);
profile(Fun, Options) when is_function(Fun), is_list(Options) -> profile([], Fun, ?ALL, Options).

profile(Rootset, Fun, Pattern) when is_function(Fun) -> profile(Rootset, Fun, Pattern, [{set_on_spawn, true}]).

profile(Rootset, M, F, Args) when is_atom(M), is_atom(F), is_list(Args) -> profile(Rootset, M, F, Args, ?ALL);
profile(Rootset, Fun, Pattern, Options) when is_function(Fun) -> profiled(Rootset, Fun, Pattern, Options).

profile(Rootset, M, F, Args, Pattern) when is_atom(M), is_atom(F), is_list(Args) -> profile(Rootset, M, F, Args, Pattern, [{set_on_spawn, true}]).

profile(Rootset, M, F, Args, Pattern, Options) when is_atom(M), is_atom(F), is_list(Args) ->
    profiled(Rootset, {M, F, Args}, Pattern, Options).

%% The server is started when it is not there. The function runs in a process of its own, which this one waits for.
profiled(Rootset, What, Pattern, Options) ->
    ok = needs_server(),
    Start = fun(Pid) ->
                    case start_profiling([Pid | Rootset], Pattern, Options) of
                        profiling -> ok;
                        Error -> exit(Pid, kill), throw({?MODULE, Error})
                    end
            end,
    try transom_profile:run(What, #{ready => Start, stop => fun stop_profiling/0}) of
        {ok, Value} -> {ok, Value};
        {'EXIT', Reason} -> {error, Reason}
    catch throw:{?MODULE, Error} -> Error
    end.

needs_server() ->
    case whereis(?MODULE) of
        undefined -> _ = start(), ok;
        _ -> ok
    end.

%% ---------------------------------------------------------------------------------------------------------------------
%% Analysis

analyze() -> analyze(procs).

analyze(Type) when is_atom(Type) -> analyze(Type, []);
analyze(Options) when is_list(Options) -> analyze(procs, Options).

%% Prints a table for each process (`procs') or one of all (`total'). Options: `{sort, time | calls | mfa}', `{filter, [{calls, Least} | {time, Least}]}'.
-spec analyze(procs | total, list()) -> ok | nothing_to_analyze | {error, term()}.
analyze(Type, Options) -> call({analyze, Type, Options, group_leader()}).

%% ---------------------------------------------------------------------------------------------------------------------
%% The server

init([]) ->
    process_flag(trap_exit, true),
    {ok, #state{}}.

handle_call({start, _, _, _}, _From, #state{session = Session} = State) when Session =/= none ->
    {reply, {error, already_profiling}, State};
handle_call({start, Rootset, Pattern, Options}, _From, State) ->
    Session = transom_profile:open(?MODULE),
    ok = transom_profile:measure(Session, call_time, [Pattern]),
    SetOnSpawn = proplists:get_value(set_on_spawn, Options, true),
    Pids = [Pid || Who <- Rootset, Pid <- [pid(Who)], is_pid(Pid)],
    Traced = [Pid || Pid <- Pids, try transom_profile:trace(Session, Pid, true, SetOnSpawn) =:= 1 catch error:badarg -> false end],
    case length(Traced) =:= length(Pids) of
        true -> {reply, profiling, State#state{session = Session, rows = []}};
        false -> transom_profile:close(Session), {reply, {error, failed_to_trace}, State}
    end;
handle_call(stop_profiling, _From, #state{session = none} = State) -> {reply, profiling_already_stopped, State};
handle_call(stop_profiling, _From, #state{session = Session} = State) ->
    _ = transom_profile:trace(Session, all, false, true),
    Rows = by_process(transom_profile:collect(Session, call_time)),
    transom_profile:close(Session),
    {reply, profiling_stopped, State#state{session = none, rows = Rows}};
handle_call({analyze, _, _, _}, _From, #state{rows = []} = State) -> {reply, nothing_to_analyze, State};
handle_call({analyze, procs, Options, Device}, _From, #state{rows = Rows} = State) ->
    Sum = lists:sum([time(Row) || {_, Functions} <- Rows, Row <- Functions]),
    lists:foreach(
      fun({Pid, Functions}) ->
              Share = percent(lists:sum([time(Row) || Row <- Functions]), Sum),
              print(Device, State, "~n****** Process ~w    -- ~.2f % of profiled time *** ~n", [Pid, Share]),
              table(Device, State, Functions, Options)
      end, Rows),
    {reply, ok, State};
handle_call({analyze, total, Options, Device}, _From, #state{rows = Rows} = State) ->
    Add = fun({Mfa, {Calls, Us}}, Sums) -> maps:update_with(Mfa, fun({C, U}) -> {C + Calls, U + Us} end, {Calls, Us}, Sums) end,
    Sums = lists:foldl(Add, #{}, lists:append([Functions || {_, Functions} <- Rows])),
    table(Device, State, lists:sort(maps:to_list(Sums)), Options),
    {reply, ok, State};
handle_call({analyze, Type, _, _}, _From, State) -> {reply, {error, {undefined, Type}}, State};
handle_call(dump, _From, #state{rows = Rows} = State) -> {reply, Rows, State};
handle_call({log, File}, _From, State) ->
    case file:open(File, [write, {encoding, utf8}]) of
        {ok, Opened} ->
            _ = close(State#state.log),
            {reply, ok, State#state{log = Opened}};
        {error, _} = Error -> {reply, Error, State}
    end;
handle_call(stop, _From, State) -> {stop, normal, stopped, State}.

handle_cast(_, State) -> {noreply, State}.

handle_info(_, State) -> {noreply, State}.

terminate(_, #state{session = Session, log = Log}) ->
    _ = Session =/= none andalso transom_profile:close(Session),
    close(Log).

close(none) -> ok;
close(Device) -> file:close(Device).

pid(Name) when is_atom(Name) -> whereis(Name);
pid(Pid) when is_pid(Pid) -> Pid.

by_process(Profile) ->
    Rows = [{Pid, {Mfa, {Calls, Us}}} || {Pid, Mfa, Calls, Us} <- transom_profile:rows(Profile)],
    lists:sort(maps:to_list(maps:groups_from_list(fun({Pid, _}) -> Pid end, fun({_, Row}) -> Row end, Rows))).

%% ---------------------------------------------------------------------------------------------------------------------
%% Tables

time({_, {_, Us}}) -> Us.

percent(_, 0) -> 0.0;
percent(Part, Sum) -> 100 * Part / Sum.

table(Device, State, Functions, Options) ->
    {Calls, Us} = lists:foldl(fun({_, {C, U}}, {Cs, Uss}) -> {Cs + C, Uss + U} end, {0, 0}, Functions),
    Shown = sorted(proplists:get_value(sort, Options, time), kept(proplists:get_value(filter, Options, []), Functions)),
    Head = ["FUNCTION", "CALLS", "%", "TIME", "uS / CALLS"],
    Rows = [[transom_profile:text(Mfa) | figures(C, U, float_text(percent(U, Us)))] || {Mfa, {C, U}} <- Shown],
    Total = ["Total:" | figures(Calls, Us, "100.00%")],
    Widths = widths([Head, Total | Rows]),
    Rule = [lists:duplicate(W, $-) || W <- Widths],
    %% The first rule is as long as the headings, but for the share and the last column.
    Short = ["--------", "-----", lists:nth(3, Rule), "----", lists:nth(5, Rule)],
    lists:foreach(fun(Row) -> print(Device, State, "~ts~n", [line(Row, Widths)]) end, [Head, Short | Rows] ++ [Rule, Total]).

figures(Calls, Us, Share) -> [integer_to_list(Calls), Share, integer_to_list(Us), float_text(if Calls =:= 0 -> 0.0; true -> Us / Calls end)].

float_text(F) -> lists:flatten(io_lib:format("~.2f", [F])).

widths(Rows) -> lists:foldl(fun(Row, Widths) -> lists:zipwith(fun(Text, W) -> max(string:length(Text), W) end, Row, Widths) end, [0, 0, 0, 0, 0], Rows).

line([Name, Calls, Share, Us, Each], [W1, W2, W3, W4, W5]) ->
    [string:pad(Name, W1), "  ", string:pad(Calls, W2, leading), "  ", string:pad(Share, W3, leading), "  ", string:pad(Us, W4, leading),
     "  [", string:pad(Each, W5, leading), "]"].

kept(Filters, Functions) -> [Row || Row <- Functions, lists:all(fun(Filter) -> keeps(Filter, Row) end, Filters)].

keeps({calls, Least}, {_, {Calls, _}}) -> Calls >= Least;
keeps({time, Least}, {_, {_, Us}}) -> Us >= Least;
keeps(_, _) -> true.

sorted(mfa, Functions) -> lists:keysort(1, Functions);
sorted(calls, Functions) -> lists:sort(fun({_, {A, _}}, {_, {B, _}}) -> A =< B end, Functions);
sorted(_, Functions) -> lists:sort(fun({_, {_, A}}, {_, {_, B}}) -> A =< B end, Functions).

print(Device, #state{log = Log}, Format, Arguments) ->
    io:format(Device, Format, Arguments),
    _ = Log =/= none andalso io:format(Log, Format, Arguments),
    ok.

%% tprof: counts calls, time or allocated words of functions; for one call (`profile/1..4'), or of a running system by a server.
%%
%% Every server and every `profile' has a trace session of its own (`transom_profile'), so several may be at work. What a server measured is gone with it;
%% data once collected are plain terms that `inspect/3' and `format/1,2' take anywhere.
-module(tprof).
-behaviour(gen_server).

-export([start/0, start/1, start_link/0, start_link/1, stop/0, stop/1]).
-export([set_pattern/3, set_pattern/4, clear_pattern/3, clear_pattern/4, get_trace_map/0, get_trace_map/1]).
-export([enable_trace/1, enable_trace/2, enable_trace/3, disable_trace/1, disable_trace/2, disable_trace/3]).
-export([pause/0, pause/1, continue/0, continue/1, restart/0, restart/1, collect/0, collect/1]).
-export([profile/1, profile/2, profile/3, profile/4, inspect/1, inspect/3, format/1, format/2]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).

-type column() :: module | function | calls | measurement | measurement_per_call | percent.
-type sort_by() :: column() | {column(), ascending | descending}.
-type profile_line() :: {module(), {atom(), arity()}, pos_integer(), non_neg_integer(), float(), float()}.
-type profile_result() :: {transom_profile:kind(), non_neg_integer(), [profile_line()]}.
-type who() :: pid() | all | new | existing | {children | all_children, pid() | atom()} | [pid() | atom()].
-type server() :: pid() | tprof.

-record(state, {kind, session,
                everything = false,     % a pattern for all code is set
                paused = false}).

%% ---------------------------------------------------------------------------------------------------------------------
%% A server

start() -> start(#{}).

%% `#{type => call_count | call_time | call_memory, session => Name}': a server with a session name is not registered.
-spec start(map()) -> {ok, server()} | {error, {already_started, pid()}}.
start(#{session := _} = Config) -> gen_server:start(?MODULE, Config, []);
start(Config) -> gen_server:start({local, ?MODULE}, ?MODULE, Config, []).

start_link() -> start_link(#{}).

-spec start_link(map()) -> {ok, server()} | {error, {already_started, pid()}}.
start_link(#{session := _} = Config) -> gen_server:start_link(?MODULE, Config, []);
start_link(Config) -> gen_server:start_link({local, ?MODULE}, ?MODULE, Config, []).

stop() -> stop(?MODULE).

-spec stop(server()) -> ok.
stop(Server) -> gen_server:stop(Server).

call(Server, Request) -> gen_server:call(Server, Request, infinity).

set_pattern(M, F, A) -> set_pattern(?MODULE, M, F, A).

%% Measures the functions from now on; answers how many.
-spec set_pattern(server(), module(), atom(), arity() | '_') -> pos_integer() | {error, {trace_pattern, module(), atom(), arity() | '_'}}.
set_pattern(Server, M, F, A) -> call(Server, {set_pattern, {M, F, A}}).

clear_pattern(M, F, A) -> clear_pattern(?MODULE, M, F, A).

-spec clear_pattern(server(), module(), atom(), arity() | '_') -> pos_integer() | {error, {not_traced, module(), atom(), arity() | '_'}}.
clear_pattern(Server, M, F, A) -> call(Server, {clear_pattern, {M, F, A}}).

get_trace_map() -> get_trace_map(?MODULE).

-spec get_trace_map(server()) -> #{module() => [{atom(), arity()}]} | all.
get_trace_map(Server) -> call(Server, get_trace_map).

enable_trace(Who) -> enable_trace(Who, #{}).

enable_trace(Who, Options) -> enable_trace(?MODULE, Who, Options).

%% Processes that are measured. A list, `children' and `all_children' answer those that could not be, too, if there are any. Counters of calls know no processes.
-spec enable_trace(server(), who(), #{set_on_spawn => boolean()}) -> non_neg_integer() | {non_neg_integer(), [pid() | atom()]} | {error, not_supported}.
enable_trace(Server, Who, Options) -> call(Server, {trace, Who, true, Options}).

disable_trace(Who) -> disable_trace(Who, #{}).

disable_trace(Who, Options) -> disable_trace(?MODULE, Who, Options).

-spec disable_trace(server(), who(), #{set_on_spawn => boolean()}) -> non_neg_integer() | {non_neg_integer(), [pid() | atom()]} | {error, not_supported}.
disable_trace(Server, Who, Options) -> call(Server, {trace, Who, false, Options}).

pause() -> pause(?MODULE).

-spec pause(server()) -> ok | not_running.
pause(Server) -> call(Server, pause).

continue() -> continue(?MODULE).

-spec continue(server()) -> ok | not_paused.
continue(Server) -> call(Server, continue).

restart() -> restart(?MODULE).

%% Everything measured is forgotten, and measuring goes on.
-spec restart(server()) -> ok.
restart(Server) -> call(Server, restart).

collect() -> collect(?MODULE).

-spec collect(server()) -> transom_profile:profile().
collect(Server) -> call(Server, collect).

init(Config) ->
    process_flag(trap_exit, true),
    Kind = kind(Config),
    {ok, #state{kind = Kind, session = transom_profile:open(maps:get(session, Config, ?MODULE))}}.

kind(Config) ->
    case maps:get(type, Config, call_count) of
        Kind when Kind =:= call_count; Kind =:= call_time; Kind =:= call_memory -> Kind;
        Other -> error({badtype, Other})
    end.

handle_call({set_pattern, {M, F, A} = Pattern}, _From, #state{session = Session, kind = Kind} = State) ->
    _ = M =:= '_' orelse code:ensure_loaded(M),
    case transom_profile:set(Session, Kind, Pattern, true) of
        0 -> {reply, {error, {trace_pattern, M, F, A}}, State};
        N ->
            _ = State#state.paused andalso transom_profile:set(Session, Kind, Pattern, pause),
            {reply, N, State#state{everything = State#state.everything orelse M =:= '_'}}
    end;
handle_call({clear_pattern, {M, F, A} = Pattern}, _From, #state{session = Session, kind = Kind} = State) ->
    Cleared = [Mfa || Mfa <- transom_profile:functions(Session), is_named(Pattern, Mfa)],
    case Cleared of
        [] -> {reply, {error, {not_traced, M, F, A}}, State};
        _ ->
            _ = transom_profile:set(Session, Kind, Pattern, false),
            {reply, length(Cleared), State#state{everything = State#state.everything andalso M =/= '_'}}
    end;
handle_call(get_trace_map, _From, #state{everything = true} = State) -> {reply, all, State};
handle_call(get_trace_map, _From, #state{session = Session} = State) ->
    {reply, maps:groups_from_list(fun({M, _, _}) -> M end, fun({_, F, A}) -> {F, A} end, lists:sort(transom_profile:functions(Session))), State};
handle_call({trace, _, _, _}, _From, #state{kind = call_count} = State) -> {reply, {error, not_supported}, State};
handle_call({trace, Who, How, Options}, _From, #state{session = Session} = State) ->
    {reply, trace(Session, Who, How, maps:get(set_on_spawn, Options, true)), State};
handle_call(pause, _From, #state{paused = true} = State) -> {reply, not_running, State};
handle_call(pause, _From, State) -> {reply, all_to(pause, State), State#state{paused = true}};
handle_call(continue, _From, #state{paused = false} = State) -> {reply, not_paused, State};
handle_call(continue, _From, State) -> {reply, all_to(continue, State), State#state{paused = false}};
handle_call(restart, _From, State) -> {reply, all_to(restart, State), State#state{paused = false}};
handle_call(collect, _From, #state{session = Session, kind = Kind} = State) -> {reply, transom_profile:collect(Session, Kind), State}.

handle_cast(_, State) -> {noreply, State}.

handle_info(_, State) -> {noreply, State}.

terminate(_, #state{session = Session}) -> transom_profile:close(Session).

all_to(How, #state{session = Session, kind = Kind}) ->
    lists:foreach(fun(Mfa) -> transom_profile:set(Session, Kind, Mfa, How) end, transom_profile:functions(Session)).

is_named({M, F, A}, {M1, F1, A1}) -> fits(M, M1) andalso fits(F, F1) andalso fits(A, A1).

fits('_', _) -> true;
fits(Wanted, Given) -> Wanted =:= Given.

trace(Session, {children, Of}, How, SetOnSpawn) -> trace(Session, children(whose(Of)), How, SetOnSpawn);
trace(Session, {all_children, Of}, How, SetOnSpawn) -> trace(Session, all_children([whose(Of)]), How, SetOnSpawn);
trace(Session, Who, How, SetOnSpawn) when is_list(Who) ->
    case [One || One <- Who, not traced(Session, whose(One), How, SetOnSpawn)] of
        [] -> length(Who);
        Failed -> {length(Who) - length(Failed), Failed}
    end;
trace(Session, Who, How, SetOnSpawn) -> transom_profile:trace(Session, Who, How, SetOnSpawn).

traced(_, undefined, _, _) -> false;
traced(Session, Pid, How, SetOnSpawn) ->
    try transom_profile:trace(Session, Pid, How, SetOnSpawn) of
        N -> N =:= 1
    catch error:badarg -> false
    end.

whose(Name) when is_atom(Name) -> whereis(Name);
whose(Pid) -> Pid.

children(Parent) -> [Pid || Pid <- processes(), process_info(Pid, parent) =:= {parent, Parent}].

all_children([]) -> [];
all_children(Parents) ->
    Children = lists:append([children(Parent) || Parent <- Parents]),
    Children ++ all_children(Children).

%% ---------------------------------------------------------------------------------------------------------------------
%% One call

profile(Fun) when is_function(Fun, 0) -> profile(Fun, #{}).

-spec profile(fun(() -> term()), map()) -> ok | {term(), transom_profile:profile()}.
profile(Fun, Options) when is_function(Fun, 0) -> one_call(Fun, Options).

profile(M, F, Args) when is_atom(M), is_atom(F), is_list(Args) -> profile(M, F, Args, #{}).

%% Options: `type', `pattern' (one or a list), `rootset', `set_on_spawn', `timeout', `device', and `report': `process', `total', either with what to sort by,
%% or `return', which answers `{Value | {'EXIT', Reason}, Profile}' and prints nothing.
-spec profile(module(), atom(), [term()], map()) -> ok | {term(), transom_profile:profile()}.
profile(M, F, Args, Options) when is_atom(M), is_atom(F), is_list(Args) -> one_call({M, F, Args}, Options).

%% The session belongs to a process of its own, which can measure this one too.
one_call(What, Options) ->
    Kind = kind(Options),
    {Pid, Monitor} = spawn_monitor(fun() -> exit({?MODULE, self(), measured(What, Kind, Options)}) end),
    receive
        {'DOWN', Monitor, process, Pid, {?MODULE, Pid, {Value, Profile}}} -> report(maps:get(report, Options, process), Value, Profile, Options);
        {'DOWN', Monitor, process, Pid, Reason} -> error(Reason)
    end.

measured(What, Kind, Options) ->
    Session = transom_profile:open(?MODULE),
    Patterns = patterns(maps:get(pattern, Options, {'_', '_', '_'})),
    SetOnSpawn = maps:get(set_on_spawn, Options, true),
    Others = maps:get(rootset, Options, []),
    Ready = fun(Pid) ->
                    _ = Kind =:= call_count orelse [trace(Session, Who, true, SetOnSpawn) || Who <- [Pid | rootset(Others)]],
                    transom_profile:measure(Session, Kind, Patterns)
            end,
    Stop = fun() -> [transom_profile:set(Session, Kind, Pattern, pause) || Pattern <- Patterns] end,
    Value = case transom_profile:run(What, maps:merge(#{ready => Ready, stop => Stop}, maps:with([timeout], Options))) of
                {ok, Returned} -> Returned;
                Exit -> Exit
            end,
    {Value, transom_profile:collect(Session, Kind)}.

patterns(Patterns) when is_list(Patterns) -> lists:foreach(fun load/1, Patterns), Patterns;
patterns(Pattern) -> patterns([Pattern]).

load({'_', _, _}) -> ok;
load({M, _, _}) -> code:ensure_loaded(M).

rootset(Who) when is_list(Who) -> [Who];
rootset(Who) -> [Who].

report(return, Value, Profile, _) -> {Value, Profile};
report({Type, SortBy}, _, Profile, Options) -> format(device(Options), inspect(Profile, Type, SortBy));
report(Type, _, Profile, Options) -> format(device(Options), inspect(Profile, Type, percent)).

device(Options) -> maps:get(device, Options, group_leader()).

%% ---------------------------------------------------------------------------------------------------------------------
%% Looking at a profile

inspect(Profile) -> inspect(Profile, process, percent).

%% By process (`all' for counted calls) or as one; lines sorted, ascending unless said otherwise.
-spec inspect(transom_profile:profile(), process | total, sort_by()) -> #{pid() | all => profile_result()}.
inspect({Kind, _} = Profile, process, SortBy) when Kind =/= call_count ->
    ByPid = maps:groups_from_list(fun({Pid, _, _, _}) -> Pid end, transom_profile:rows(Profile)),
    maps:map(fun(_, Rows) -> result(Kind, Rows, SortBy) end, ByPid);
inspect({Kind, _} = Profile, Type, SortBy) when Type =:= process; Type =:= total ->
    #{all => result(Kind, transom_profile:rows(Profile), SortBy)}.

result(Kind, Rows, SortBy) ->
    Sum = lists:sum([Measure || {_, _, _, Measure} <- Rows]),
    Add = fun({_, Mfa, Calls, Measure}, Sums) -> maps:update_with(Mfa, fun({C, M}) -> {C + Calls, M + Measure} end, {Calls, Measure}, Sums) end,
    Sums = lists:sort(maps:to_list(lists:foldl(Add, #{}, Rows))),
    Lines = [{M, {F, A}, Calls, Measure, Measure / Calls, percent(Measure, Sum)} || {{M, F, A}, {Calls, Measure}} <- Sums],
    {Kind, Sum, sorted(SortBy, Lines)}.

percent(_, 0) -> 0.0;
percent(Part, Sum) -> 100 * Part / Sum.

sorted({Column, ascending}, Lines) -> lists:keysort(column(Column), Lines);
sorted({Column, descending}, Lines) -> lists:reverse(lists:keysort(column(Column), Lines));
sorted(Column, Lines) -> sorted({Column, ascending}, Lines).

column(module) -> 1;
column(function) -> 2;
column(calls) -> 3;
column(measurement) -> 4;
column(measurement_per_call) -> 5;
column(percent) -> 6.

format(Inspected) -> format(group_leader(), Inspected).

-spec format(io:device(), profile_result() | #{pid() | all => profile_result()}) -> ok.
format(Device, Inspected) when is_map(Inspected) ->
    Sum = lists:sum([Measure || {_, Measure, _} <- maps:values(Inspected)]),
    lists:foreach(
      fun({all, Result}) -> table(Device, Result);
         ({Pid, {_, Measure, _} = Result}) ->
              io:format(Device, "~n****** Process ~w  --  ~.2f% of total *** ~n", [Pid, percent(Measure, Sum)]),
              table(Device, Result)
      end, lists:sort(maps:to_list(Inspected)));
format(Device, Result) ->
    io:format(Device, "~n", []),
    table(Device, Result).

table(Device, {Kind, Sum, Lines}) ->
    Rows = [line(Kind, Line) || Line <- Lines],
    Table = [head(Kind) | Rows] ++ [foot(Kind, Sum)],
    Widths = lists:foldl(fun(Row, Widths) -> lists:zipwith(fun(Text, W) -> max(string:length(Text), W) end, Row, Widths) end,
                         [0 || _ <- head(Kind)], Table),
    lists:foreach(fun(Row) -> io:format(Device, "~ts~n", [padded(Row, Widths)]) end, Table).

head(call_count) -> ["FUNCTION", "CALLS", "%"];
head(call_time) -> ["FUNCTION", "CALLS", "TIME (\x{3bc}s)", "PER CALL", "%"];
head(call_memory) -> ["FUNCTION", "CALLS", "WORDS", "PER CALL", "%"].

line(call_count, {M, {F, A}, Calls, _, _, Percent}) -> [transom_profile:text({M, F, A}), integer_to_list(Calls), hundredths(Percent)];
line(_, {M, {F, A}, Calls, Measure, Each, Percent}) ->
    [transom_profile:text({M, F, A}), integer_to_list(Calls), integer_to_list(Measure), hundredths(Each), hundredths(Percent)].

foot(call_count, _) -> ["", "", "100.0"];
foot(_, Sum) -> ["", "", integer_to_list(Sum), "", "100.0"].

hundredths(Number) -> lists:flatten(io_lib:format("~.2f", [float(Number)])).

%% The function first, figures to the right, the share in brackets.
padded([Name | Figures], [Width | Widths]) ->
    {Inner, [Last]} = lists:split(length(Figures) - 1, lists:zip(Figures, Widths)),
    {Share, ShareWidth} = Last,
    [string:pad(Name, Width), [["  ", string:pad(Figure, W, leading)] || {Figure, W} <- Inner], "  [", string:pad(Share, ShareWidth, leading), "]"].

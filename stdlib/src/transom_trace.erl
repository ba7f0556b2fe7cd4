%% transom_trace: the `transom trace' command, and what the front ends of tracing share.
%%
%% command/1 runs in the traced virtual machine, in a process that dies with its client; the trace session belongs to that process, so no trace bit outlives the
%% client. It translates words to a session of `transom_tracer', waits until a limit or somebody ends it, and prints tables for aggregates. It prints no event
%% itself.
-module(transom_trace).

-export([command/1, compat/0, compat/1, table/2]).

%% Whether `recon_trace' and `redbug' have the known bugs of the tools they follow. Off unless switched on; the list is in the guide to tracing.
-spec compat() -> boolean().
compat() -> persistent_term:get({?MODULE, compat}, false).

-spec compat(boolean()) -> ok.
compat(Bool) when is_boolean(Bool) -> persistent_term:put({?MODULE, compat}, Bool).

usage() ->
    ["Usage: transom trace NAME PATTERN... [OPTIONS]\n",
     "       transom trace NAME --list | --stop ID\n\n",
     "PATTERN  lists:seq/2   'm:f(X,_) when X > 3 -> return,stack'   'm:f -> return(R) when R =/= ok'\n",
     "         'm:f -> duration > 5ms'   'm:f -> exception'   send   receive   procs\n\n",
     "  --limit N/MS      at most N events in MS milliseconds, the rest is counted (100/1000; none)\n",
     "  --count N         ends after N events (1000; none)\n",
     "  --time SEC        ends after SEC seconds (60, for aggregates 10; none)\n",
     "  --budget P%       of the CPU; more lowers the share of events that are looked at\n",
     "  --pid P           only this process: <0.12.0>, a registered name, new, existing; may be repeated\n",
     "  --max-bytes N     of one event (65536)\n",
     "  --format F        text, recon, dbg, redbug, json, chrome, folded, mermaid, tree (one a request of --inside),\n",
     "                    or capture (needs --output)\n",
     "  --output FILE     instead of here\n",
     "  --aggregate A     a table at the end instead of events: count, time, hist, sum, size\n",
     "  --by KEY          of its rows: function, process, caller, or an expression over the pattern's variables\n",
     "  --of EXPR         what is summed, or shown by hist, in place of durations: 'byte_size(B)'\n",
     "  --argument N      of size: only the N-th argument\n",
     "  --inside PATTERN  only what happens while this runs, and what that leads to in other processes; may be repeated\n",
     "  --follow WAYS     leads to: spawns,messages (both), spawns, messages, none\n",
     "  --record TRIGGER  keeps the last events in memory and shows them when it happens: crash, crash:TEXT,\n",
     "                    exception:m:f/1, mailbox:1000, collection:5ms, latency:20ms\n",
     "  --after N         events to keep behind the trigger (0); --keep BYTES of all (1048576)\n",
     "  --records MOD     prints the records of this module by name; may be repeated\n",
     "  --redact RULE     hides what it names: '#user.password', a map key, 'm:f/3#2'; may be repeated\n",
     "  --compat          recon and redbug formats with the known bugs of the originals\n",
     "  --list            the trace sessions there are\n",
     "  --stop ID         ends one\n"].

-spec command([string()]) -> 0..255.
command(Args) ->
    try run(options(Args, #{patterns => [], pids => [], session => #{}}))
    catch
        throw:{usage, Format, Arguments} -> wrong(Format, Arguments)
    end.

run(#{help := true}) -> io:put_chars(usage()), 0;
run(#{list := true}) -> list();
run(#{stop := Id}) -> stop(Id);
run(#{patterns := []}) -> wrong("no pattern", []);
run(#{patterns := Patterns} = Set) -> trace(lists:reverse(Patterns), Set).

wrong(Format, Arguments) ->
    transom_command:error("transom trace: " ++ Format ++ "~n~ts", Arguments ++ [usage()]),
    2.

%% ---------------------------------------------------------------------------------------------------------------------
%% Words

options([], Set) -> Set;
options(["--" ++ Name | Rest], Set) ->
    {Key, Given} = case string:split(Name, "=") of
                       [Word, Value] -> {Word, [Value]};
                       [Word] -> {Word, []}
                   end,
    case {lists:member(Key, ["list", "help", "compat"]), Given, Rest} of
        {true, [], _} -> options(Rest, flag(Key, Set));
        {true, _, _} -> throw({usage, "--~ts takes no value", [Key]});
        {false, [Value0], _} -> options(Rest, option(Key, Value0, Set));
        {false, [], [Value0 | Rest1]} -> options(Rest1, option(Key, Value0, Set));
        {false, [], []} -> throw({usage, "--~ts needs a value", [Key]})
    end;
options(["-h" | Rest], Set) -> options(Rest, Set#{help => true});
options([Pattern | Rest], #{patterns := Patterns} = Set) -> options(Rest, Set#{patterns := [Pattern | Patterns]}).

flag("list", Set) -> Set#{list => true};
flag("help", Set) -> Set#{help => true};
flag("compat", Set) -> session(compat, true, Set).

option("limit", Value, Set) -> session(limit, limit(Value), Set);
option("count", Value, Set) -> session(count, number("count", Value), Set);
option("time", Value, Set) -> session(time, seconds(Value), Set);
option("budget", Value, Set) -> session(budget, percent(Value), Set);
option("max-bytes", Value, Set) -> session(max_bytes, number("max-bytes", Value), Set);
option("pid", Value, #{pids := Pids} = Set) -> Set#{pids := [process(Value) | Pids]};
option("format", Value, Set) -> Set#{format => one_of("format", Value, [text, recon, dbg, redbug, json, chrome, folded, mermaid, tree, capture])};
option("output", Value, Set) -> Set#{output => Value};
option("aggregate", Value, Set) -> Set#{aggregate => one_of("aggregate", Value, [count, time, hist, sum, size])};
option("by", Value, Set) -> Set#{by => Value};
option("of", Value, Set) -> Set#{'of' => Value};
option("argument", Value, Set) -> Set#{argument => number("argument", Value)};
option("inside", Value, Set) -> more(inside, Value, Set);
option("follow", Value, Set) -> session(follow, follow(string:lexemes(Value, ",")), Set);
option("record", Value, Set) -> recorder(trigger, trigger(string:split(Value, ":")), Set);
option("after", Value, Set) -> recorder('after', number("after", Value), Set);
option("keep", Value, Set) -> recorder(bytes, number("keep", Value), Set);
option("records", Value, Set) -> more(records, list_to_atom(Value), Set);
option("redact", Value, Set) -> more(redact, Value, Set);
option("stop", Value, Set) ->
    case string:to_integer(Value) of
        {Id, ""} when is_integer(Id) -> Set#{stop => Id};
        _ -> throw({usage, "--stop needs the number of a session", []})
    end;
option(Other, _, _) -> throw({usage, "unknown option --~ts", [Other]}).

session(Key, Value, #{session := Session} = Set) -> Set#{session := Session#{Key => Value}}.

follow(["none"]) -> [];
follow(Ways) -> [one_of("follow", Way, [spawns, messages]) || Way <- Ways].

recorder(Key, Value, Set) -> Set#{recorder => (maps:get(recorder, Set, #{}))#{Key => Value}}.

trigger(["crash"]) -> crash;
trigger(["crash", Text]) -> {crash, Text};
trigger(["exception", Function]) ->
    case transom_pattern:parse(Function) of
        {ok, {{M, F, A}, _, _}, []} when is_integer(A) -> {exception, {M, F, A}};
        _ -> throw({usage, "--record exception:~ts: not module:function/arity", [Function]})
    end;
trigger(["mailbox", Messages]) -> {mailbox, number("record mailbox", Messages)};
trigger(["collection", Time]) -> {collection, microseconds(Time)};
trigger(["latency", Time]) -> {latency, microseconds(Time)};
trigger([Other | _]) -> throw({usage, "--record ~ts: not one of crash, exception, mailbox, collection, latency", [Other]}).

microseconds(Text) ->
    {Number, Unit} = case {string:to_float(Text), string:to_integer(Text)} of
                         {{Float, Rest}, _} when is_float(Float) -> {Float, Rest};
                         {_, {Integer, Rest}} when is_integer(Integer) -> {Integer, Rest};
                         _ -> {0, ""}
                     end,
    case lists:keyfind(Unit, 1, [{"us", 1}, {"ms", 1000}, {"s", 1000000}]) of
        {_, Factor} when Number > 0 -> round(Number * Factor);
        _ -> throw({usage, "~ts: not a time above 0 with a unit: us, ms or s", [Text]})
    end.

more(Key, Value, #{session := Session} = Set) -> Set#{session := maps:update_with(Key, fun(Known) -> Known ++ [Value] end, [Value], Session)}.

one_of(Name, Value, Known) ->
    case [Word || Word <- Known, atom_to_list(Word) =:= Value] of
        [Word] -> Word;
        [] -> throw({usage, "--~ts ~ts: not one of ~ts", [Name, Value, lists:join(", ", [atom_to_list(Word) || Word <- Known])]})
    end.

number(_, "none") -> infinity;
number(Name, Value) ->
    case string:to_integer(Value) of
        {N, ""} when is_integer(N), N > 0 -> N;
        _ -> throw({usage, "--~ts ~ts: not a number above 0, nor none", [Name, Value]})
    end.

limit("none") -> infinity;
limit(Value) ->
    case [string:to_integer(Part) || Part <- string:split(Value, "/")] of
        [{N, ""}] when is_integer(N), N > 0 -> {N, 1000};
        [{N, ""}, {Ms, ""}] when is_integer(N), N > 0, is_integer(Ms), Ms > 0 -> {N, Ms};
        _ -> throw({usage, "--limit ~ts: not N/MS, nor none", [Value]})
    end.

seconds("none") -> infinity;
seconds(Value) ->
    case real(Value) of
        {ok, Seconds} when Seconds > 0 -> max(1, round(Seconds * 1000));
        _ -> throw({usage, "--time ~ts: not seconds above 0, nor none", [Value]})
    end.

percent(Value) ->
    case real(string:trim(Value, trailing, "%")) of
        {ok, Percent} when Percent > 0, Percent =< 100 -> Percent;
        _ -> throw({usage, "--budget ~ts: not a share of the CPU like 2%", [Value]})
    end.

real(Text) ->
    case {string:to_float(Text), string:to_integer(Text)} of
        {{Float, ""}, _} when is_float(Float) -> {ok, Float};
        {_, {Integer, ""}} when is_integer(Integer) -> {ok, Integer};
        _ -> error
    end.

process("<" ++ _ = Text) ->
    try list_to_pid(Text)
    catch error:badarg -> throw({usage, "--pid ~ts: not a process", [Text]})
    end;
process(Text) ->
    case string:lexemes(Text, ".") of
        [_, _, _] -> process("<" ++ Text ++ ">");
        _ -> list_to_atom(Text)
    end.

%% ---------------------------------------------------------------------------------------------------------------------
%% A session

trace(_, #{session := #{follow := _} = Session}) when not is_map_key(inside, Session) -> throw({usage, "--follow goes with --inside", []});
trace(Patterns, #{pids := Pids, session := Given} = Set) ->
    Gone = [Name || Name <- Pids, is_atom(Name), not lists:member(Name, [all, new, existing]), whereis(Name) =:= undefined],
    case check(maps:get(inside, Given, []) ++ Patterns) of
        ok when Gone =/= [] -> refused(Patterns, {no_process, hd(Gone)}), 1;
        ok ->
            Who = case Pids of [] -> all; _ -> lists:reverse(Pids) end,
            case transom_tracer:run(Patterns, Who, session_options(Patterns, Set)) of
                {ok, Session, #{patterns := Matched, processes := Processes}} -> started(Session, Patterns, Matched, Processes, Set);
                {error, Reason} -> refused(Patterns, Reason), 1
            end;
        {error, Pattern, Problem} -> syntax(Pattern, Problem), 2
    end.

%% Patterns are read before anything is started, so that the place of a mistake can be shown; and the modules they name are loaded, or nothing would match.
check([]) -> ok;
check([Pattern | Rest]) ->
    case transom_pattern:parse(Pattern) of
        {ok, {{Module, _, _}, _, _}, _} -> Module =:= '_' orelse code:ensure_loaded(Module), check(Rest);
        {event, _} -> check(Rest);
        {error, Problem} -> {error, Pattern, Problem}
    end.

syntax(Pattern, {Text, At}) ->
    What = case lists:suffix("before: ", Text) of
               true -> Text ++ "the end";
               false -> Text
           end,
    transom_command:error("transom trace: ~ts~n  ~ts~n  ~ts^~n", [What, Pattern, lists:duplicate(At, $\s)]).

refused(_, {no_process, Who}) -> transom_command:error("transom trace: no process ~tp~n", [Who]);
refused([Pattern], {Text, At}) when is_list(Text), is_integer(At) -> syntax(Pattern, {Text, At});
refused(_, {Text, At}) when is_integer(At) -> transom_command:error("transom trace: ~ts~n", [Text]);
refused(_, Text) when is_binary(Text) -> transom_command:error("transom trace: ~ts~n", [Text]);
refused(_, Reason) -> transom_command:error("transom trace: ~tp~n", [Reason]).

session_options(Patterns, #{session := Session} = Set) ->
    Name = lists:flatten(lists:join(" ", Patterns)),
    maps:merge(maps:merge(#{name => Name, owner => self()}, kind(Set)), Session).

%% Aggregates send no event anywhere, so their limits are off unless asked for, and ten seconds are enough of a look.
kind(#{aggregate := sum} = Set) when not is_map_key('of', Set) -> throw({usage, "--aggregate sum needs --of EXPR", []});
kind(#{aggregate := What} = Set) ->
    (maps:with([by, 'of', argument], Set))#{aggregate => What, output => none, totals => false, limit => infinity, count => infinity, bytes => infinity,
                                            time => 10000};
kind(#{by := _}) -> throw({usage, "--by goes with --aggregate", []});
kind(#{'of' := _}) -> throw({usage, "--of goes with --aggregate", []});
kind(#{argument := _}) -> throw({usage, "--argument goes with --aggregate size", []});
kind(#{recorder := #{trigger := _} = Recorder} = Set) ->
    %% What is recorded costs nobody anything but the ring: no limit until the trigger.
    maps:merge(#{recorder => Recorder, limit => infinity, count => infinity, bytes => infinity, time => infinity}, kind(maps:remove(recorder, Set)));
kind(#{recorder := _}) -> throw({usage, "--after and --keep go with --record", []});
kind(#{format := capture} = Set) -> #{output => {capture, path(Set)}};
kind(#{output := _, format := Format} = Set) -> #{output => {file, path(Set)}, style => Format};
kind(#{output := _} = Set) -> #{output => {file, path(Set)}};
kind(#{format := Format}) -> #{style => Format};
kind(_) -> #{}.

path(#{output := File}) -> transom_command:path(File);
path(_) -> throw({usage, "--format capture needs --output FILE", []}).

started(Session, Patterns, Matched, Processes, Set) ->
    Nothing = [Pattern || {Pattern, #{matched := 0, flags := [call]}} <- lists:zip(Patterns, Matched)],
    [transom_command:error("transom trace: no function matches ~ts~n", [Pattern]) || Pattern <- Nothing],
    case length(Nothing) =:= length(Patterns) of
        true -> _ = transom_tracer:stop(Session), 1;
        false ->
            Functions = lists:sum([N || #{matched := N} <- Matched]),
            What = if Functions =:= 0 -> "events"; true -> io_lib:format("~w function~ts", [Functions, plural(Functions, "s")]) end,
            transom_command:error("tracing ~ts in ~w process~ts~n", [What, Processes, plural(Processes, "es")]),
            {ok, Stats} = transom_tracer:wait(Session),
            [table(maps:get(aggregates, Stats), table_kind(Set)) || is_map_key(aggregate, Set)],
            _ = transom_tracer:stop(Session),
            to_file(Set, Stats),
            0
    end.

%% What went elsewhere is summed up here.
to_file(#{output := File}, #{matched := Matched, shown := Shown}) ->
    transom_command:error("~w of ~w matched events written to ~ts~n", [Shown, Matched, File]);
to_file(_, _) -> ok.

plural(1, _) -> "";
plural(_, Ending) -> Ending.

%% ---------------------------------------------------------------------------------------------------------------------
%% The other sessions

list() ->
    case transom_tracer:list() of
        [] -> io:format("no trace sessions~n"), 0;
        Sessions ->
            Rows = [[integer_to_list(Id), text(Name), state(State), io_lib:format("~w", [Owner]), integer_to_list(Matched), integer_to_list(Shown),
                     integer_to_list(lists:sum(maps:values(Suppressed))), integer_to_list(Lost), seconds_of(Age)]
                    || #{id := Id, name := Name, state := State, owner := Owner, matched := Matched, shown := Shown, suppressed := Suppressed, lost := Lost,
                         age_ms := Age} <- Sessions],
            columns([["id", "name", "state", "owner", "matched", "shown", "suppressed", "lost", "age"] | Rows],
                    [right, left, left, left, right, right, right, right, right]),
            0
    end.

state({ended, Reason}) -> io_lib:format("ended: ~p", [Reason]);
state(State) -> io_lib:format("~p", [State]).

seconds_of(Ms) -> io_lib:format("~.1f s", [Ms / 1000]).

stop(Id) ->
    case transom_tracer:stop(Id) of
        {ok, #{matched := Matched, shown := Shown}} -> io:format("session ~w stopped: ~w matched, ~w shown~n", [Id, Matched, Shown]), 0;
        {error, no_session} -> transom_command:error("transom trace: no session ~w~n", [Id]), 1
    end.

%% ---------------------------------------------------------------------------------------------------------------------
%% Tables of aggregates

table_kind(#{aggregate := hist, 'of' := _}) -> values;
table_kind(#{aggregate := Kind}) -> Kind.

%% Prints what `transom_tracer:aggregates/1' answered, the most first. `values' is a histogram of numbers, `size' one of bytes.
-spec table([map()], count | time | hist | sum | size | values) -> ok.
table([], _) -> io:format("nothing was called~n");
table(Rows, count) ->
    Sorted = lists:sort(fun(#{count := A}, #{count := B}) -> A >= B end, Rows),
    Sum = lists:sum([Count || #{count := Count} <- Rows]),
    columns([["count", "share", "key"] | [[integer_to_list(Count), share(Count, Sum), text(Key)] || #{count := Count, key := Key} <- Sorted]],
            [right, right, left]);
table(Rows, sum) ->
    Sum = lists:sum([S || #{sum := S} <- Rows]),
    columns([["count", "sum", "share", "mean", "max", "key"]
             | [[integer_to_list(Count), plain(S), share(S, Sum), plain(S / max(Count, 1)), plain(Max), text(Key)]
                || #{count := Count, sum := S, max := Max, key := Key} <- by_sum(Rows)]],
            [right, right, right, right, right, left]);
table(Rows, time) -> distribution(Rows, fun span/1);
table(Rows, Kind) ->
    Shown = shown_as(Kind),
    distribution(Rows, Shown),
    lists:foreach(fun(Row) -> histogram(Row, Shown) end, by_sum(Rows)).

shown_as(hist) -> fun span/1;
shown_as(size) -> fun bytes/1;
shown_as(values) -> fun plain/1.

distribution(Rows, Shown) ->
    Sum = lists:sum([S || #{sum := S} <- Rows]),
    columns([["count", "total", "share", "mean", "p50", "p90", "p99", "max", "key"]
             | [[integer_to_list(Count), Shown(S), share(S, Sum), Shown(S / max(Count, 1)), Shown(P50), Shown(P90), Shown(P99), Shown(Max), text(Key)]
                || #{count := Count, sum := S, p50 := P50, p90 := P90, p99 := P99, max := Max, key := Key} <- by_sum(Rows)]],
            [right, right, right, right, right, right, right, right, left]).

by_sum(Rows) -> lists:sort(fun(#{sum := A}, #{sum := B}) -> A >= B end, Rows).

%% A row for each power of two, as far as anything was measured.
histogram(#{powers := []}, _) -> ok;
histogram(#{key := Key, powers := Powers}, Shown) ->
    Most = lists:max([N || {_, N} <- Powers]),
    io:format("~n~ts~n", [text(Key)]),
    columns([[["from ", Shown(From)], integer_to_list(N), bar(N, Most)] || {From, N} <- Powers], [right, right, left]).

bar(N, Most) -> lists:duplicate(if N =:= 0 -> 0; true -> max(1, N * 40 div max(Most, 1)) end, $#).

share(_, Sum) when Sum == 0 -> "-";
share(Part, Sum) -> io_lib:format("~.1f%", [100 * Part / Sum]).

plain(Number) when is_integer(Number) -> integer_to_list(Number);
plain(Number) -> io_lib:format("~.1f", [Number]).

bytes(N) when N < 1024 -> io_lib:format("~w B", [round(N)]);
bytes(N) when N < 1024 * 1024 -> io_lib:format("~.1f KiB", [N / 1024]);
bytes(N) -> io_lib:format("~.1f MiB", [N / (1024 * 1024)]).

%% Nanoseconds in the unit that suits them.
span(Ns) when Ns < 1000 -> io_lib:format("~w ns", [round(Ns)]);
span(Ns) when Ns < 1000000 -> io_lib:format("~.1f us", [Ns / 1000]);
span(Ns) when Ns < 1000000000 -> io_lib:format("~.1f ms", [Ns / 1000000]);
span(Ns) -> io_lib:format("~.2f s", [Ns / 1000000000]).

text(Text) when is_binary(Text) -> unicode:characters_to_list(Text);
text(Text) when is_list(Text) -> Text;
text(Other) -> io_lib:format("~tp", [Other]).

columns(Rows, Sides) ->
    Flat = [[lists:flatten(Cell) || Cell <- Row] || Row <- Rows],
    Widths = lists:foldl(fun(Row, Widest) -> [max(string:length(Cell), W) || {Cell, W} <- lists:zip(Row, Widest)] end, [0 || _ <- Sides], Flat),
    lists:foreach(fun(Row) ->
        Cells = [string:pad(Cell, W, case Side of right -> leading; left -> trailing end) || {Cell, W, Side} <- lists:zip3(Row, Widths, Sides)],
        io:format("~ts~n", [string:trim(lists:flatten(lists:join("  ", Cells)), trailing)]) end, Flat).

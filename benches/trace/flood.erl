%% The flood: every call of `lists' by a worker at full speed, traced by a session whose reader is slow, absent or gone, and to a file without a limit.
%% For each: the worker's speed before, during and after; the speed of another worker beside it that is not traced; the longest time that an expression took
%% as a console evaluates it, one every 20 ms; the growth of the whole VM's resident memory, and what became of the events.
%%   transom run -pa benches/trace benches/trace/flood.erl [Seconds]
-module(flood).
-export([main/1]).

main(Args) ->
    Ms = case Args of [Text] -> list_to_integer(Text) * 1000; [] -> 3000 end,
    io:format("~-16s ~12s ~8s ~8s ~8s ~10s ~8s  ~s~n", ["reader", "untraced/s", "traced", "after", "others", "answers", "memory", "events"]),
    [flood(Mode, Ms) || Mode <- [limited, slow, absent, dead, unlimited_file]],
    ok.

flood(Mode, Ms) ->
    [Counter, Others] = [counters:new(1, []) || _ <- [worker, other]],
    [Worker, Other] = [spawn(fun() -> load:work(C, lists:seq(1, 10)) end) || C <- [Counter, Others]],
    load:sleep(200),
    [Before, OthersBefore] = speeds([Counter, Others], Ms div 3),
    Memory = load:resident(),
    {ok, Session, _} = transom_tracer:run(["lists"], Worker, options(Mode)),
    Console = spawn(fun() -> console(0) end),
    [During, OthersDuring] = speeds([Counter, Others], Ms),
    Console ! {longest, self()},
    Longest = receive {longest, Us} -> Us / 1000 end,
    Peak = load:resident(),
    {ok, Stats} = transom_tracer:stop(Session),
    load:sleep(100),
    After = load:speed(Counter, Ms div 3),
    [exit(W, kill) || W <- [Worker, Other]],
    #{matched := Matched, shown := Shown, lost := Lost, suppressed := Suppressed, bits := Bits} = Stats,
    Matched = Shown + Lost + lists:sum(maps:values(Suppressed)),
    io:format("~-16s ~12w ~7.1f% ~7.1f% ~7.1f% ~7.1f ms ~5w MB  ~w matched = ~w shown + ~w lost + ~0p; bits left ~w~n",
              [Mode, Before, During * 100 / Before, After * 100 / Before, OthersDuring * 100 / OthersBefore, Longest, (Peak - Memory) div 1048576,
               Matched, Shown, Lost, Suppressed, Bits]).

%% Rounds a second of all, over the same time.
speeds(Counters, Ms) ->
    Me = self(),
    Asked = [begin Tag = make_ref(), spawn(fun() -> Me ! {Tag, load:speed(C, Ms)} end), Tag end || C <- Counters],
    [receive {Tag, Speed} -> Speed end || Tag <- Asked].

%% Evaluates as a console does, and keeps the longest time in microseconds.
console(Longest) ->
    receive {longest, From} -> From ! {longest, Longest}
    after 20 ->
        {Us, 6} = timer:tc(fun() ->
            {ok, Tokens, _} = erl_scan:string("lists:sum([X || X <- [1, 2, 3]])."),
            {ok, Exprs} = erl_parse:parse_exprs(Tokens),
            {value, Value, _} = erl_eval:exprs(Exprs, []),
            Value
        end),
        console(max(Longest, Us))
    end.

%% The defaults; a reader that takes a millisecond a chunk, one that never reads, one that dies at once; a file with no limit at all.
options(limited) -> #{output => {file, "/dev/null"}, count => infinity};
options(slow) -> open(#{output => {process, spawn(fun Read() -> receive {trace_output, Id, _} -> load:sleep(1), transom_tracer:ack(Id), Read() end end)}});
options(absent) -> open(#{output => {process, spawn(fun() -> receive never -> ok end end)}});
options(dead) -> open(#{output => {process, spawn(fun() -> load:sleep(20) end)}});
options(unlimited_file) -> open(#{output => {file, "/dev/null"}}).

open(Opts) -> Opts#{limit => infinity, bytes => infinity, count => infinity}.

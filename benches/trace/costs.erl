%% What a traced call costs, mode by mode: a worker reverses, maps and sums a list of ten for a while; about 26 calls of `lists' a round.
%% Runs on `erl' and on `transom run' alike; the modes of the native sink are skipped where there is none. Prints `MODE ROUNDS_PER_SECOND' lines.
%%   main([Ms]): milliseconds for each mode.
-module(costs).
-export([main/1, start/0]).

start() -> main(["300"]), halt().

main(Args) ->
    Ms = case Args of [Text] -> list_to_integer(Text); [] -> 300 end,
    code:ensure_loaded(lists),
    [measure(Mode, Ms) || Mode <- modes()],
    ok.

modes() ->
    Native = case code:ensure_loaded(transom_tracer) of
                 {module, _} -> [native_suppressed, native_predicate, native_count, native_hist, native_file];
                 _ -> []
             end,
    [untraced, not_traced, call_count, call_time, silent, guard_false, to_process] ++ Native ++ [after_stop].

measure(Mode, Ms) ->
    Me = self(),
    Worker = spawn(fun() -> receive go -> ok end, load:rounds(1000, lists:seq(1, 10)), Me ! {rate, rate(Ms)} end),
    Stop = setup(Mode, Worker),
    Worker ! go,
    Rate = receive {rate, R} -> R end,
    Stop(),
    io:format("~s ~w~n", [Mode, Rate]).

rate(Ms) ->
    List = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    Start = erlang:monotonic_time(microsecond),
    count(List, Start, Start + Ms * 1000, 0).

count(List, Start, Until, N) ->
    load:rounds(20, List),
    case erlang:monotonic_time(microsecond) of
        Now when Now >= Until -> (N + 20) * 1000000 div (Now - Start);
        _ -> count(List, Start, Until, N + 20)
    end.

pattern(Spec, Kind) -> erlang:trace_pattern({lists, '_', '_'}, Spec, [Kind]).

clear(Kinds) ->
    fun() ->
            erlang:trace(all, false, [all]),
            [pattern(false, Kind) || Kind <- Kinds]
    end.

setup(untraced, _) -> fun() -> ok end;
setup(after_stop, _) -> fun() -> ok end;
setup(not_traced, _) -> pattern(true, local), clear([local]);
setup(call_count, _) -> pattern(true, call_count), clear([call_count]);
setup(call_time, W) -> pattern(true, call_time), erlang:trace(W, true, [call]), clear([call_time]);
setup(silent, W) -> pattern(true, local), erlang:trace(W, true, [call, silent]), clear([local]);
setup(guard_false, W) -> pattern([{['$1'], [{is_atom, '$1'}], []}], local), erlang:trace(W, true, [call]), clear([local]);
setup(to_process, W) ->
    Reader = spawn(fun Read() -> receive _ -> Read() end end),
    pattern(true, local),
    erlang:trace(W, true, [call, {tracer, Reader}]),
    Clear = clear([local]),
    fun() -> Clear(), exit(Reader, kill) end;
setup(native_suppressed, W) -> native("lists", W, #{output => none, count => infinity});
setup(native_predicate, W) -> native("lists -> exception", W, #{output => none, count => infinity});
setup(native_count, W) -> native("lists", W, #{output => none, aggregate => count});
setup(native_hist, W) -> native("lists", W, #{output => none, aggregate => hist});
setup(native_file, W) ->
    native("lists", W, #{output => {file, "/dev/null"}, limit => infinity, bytes => infinity, count => infinity}).

native(Pattern, Worker, Opts) ->
    {ok, Session, _} = transom_tracer:run([Pattern], Worker, Opts),
    fun() ->
            {ok, Stats} = transom_tracer:stop(Session),
            #{matched := M, shown := S, lost := L, suppressed := Sup, bits := 0} = Stats,
            true = M =:= S + L + lists:sum(maps:values(Sup)),
            io:format(standard_error, "  ~w matched, ~w shown, ~w lost~n", [M, S, L])
    end.

%% The flood through the tools that people use: every call of `lists' by a worker at full speed, shown by dbg, recon_trace, redbug, or a tracer process of
%% one's own that reads slowly or never. Runs on `erl' and on `transom run' alike; a tool that is not there is skipped.
%%   main([Mode, Seconds]) prints one line: the worker's speed before, while it is traced, 100 ms after the end; the growth of resident memory.
-module(tools).
-export([main/1, start/0]).

%% For erl: -s tools start MODE SECONDS
start() -> main([hd(Rest) || {tool, Rest} <- init:get_arguments()] ++ ["3"]), halt().

main([Mode | Rest]) ->
    Ms = case Rest of [Text | _] -> list_to_integer(Text) * 1000; [] -> 3000 end,
    [code:ensure_loaded(M) || M <- [lists, timer, dbg, recon_trace, recon_rec, recon_map, redbug, redbug_targ, ets, calendar]],
    run(list_to_atom(Mode), Ms).

run(Mode, Ms) ->
    case needs(Mode) of
        none -> flood(Mode, Ms);
        Module ->
            case code:ensure_loaded(Module) of
                {module, _} -> flood(Mode, Ms);
                _ -> io:format("~-16s skipped: no ~s~n", [Mode, Module])
            end
    end.

needs(recon_limited) -> recon_trace;
needs(recon_open) -> recon_trace;
needs(redbug) -> redbug;
needs(_) -> none.

flood(Mode, Ms) ->
    Counter = counters:new(1, []),
    Worker = spawn(fun() -> load:work(Counter, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) end),
    load:sleep(200),
    Before = load:speed(Counter, Ms div 3),
    Memory = load:resident(),
    Watch = spawn_opt(fun() -> watch(Memory, Memory + 1500 * 1048576) end, [{priority, max}]),
    Stop = setup(Mode, Worker),
    During = load:speed(Counter, Ms),
    Stop(),
    Watch ! {peak, self()},
    Peak = receive {peak, P} -> P end,
    load:sleep(100),
    After = load:speed(Counter, Ms div 3),
    exit(Worker, kill),
    io:format("~-16s ~12w ~8.2f% ~7.1f% ~6w MB~n", [Mode, Before, During * 100 / Before, After * 100 / Before, (Peak - Memory) div 1048576]).

%% The highest resident memory; ends the VM beyond the bound, before the machine has none left.
watch(Peak, Bound) ->
    Now = max(Peak, load:resident()),
    Now > Bound andalso begin io:format("stopped: grew by more than 1500 MB~n"), halt() end,
    receive {peak, From} -> From ! {peak, Now} after 20 -> watch(Now, Bound) end.

pattern(W, Tracer) ->
    erlang:trace_pattern({lists, '_', '_'}, true, [local]),
    erlang:trace(W, true, [call, {tracer, Tracer}]),
    fun() -> clear(), exit(Tracer, kill) end.

clear() ->
    catch erlang:trace(all, false, [all]),
    erlang:trace_pattern({'_', '_', '_'}, false, [local]),
    erlang:trace_pattern({'_', '_', '_'}, false, [global]).

setup(process_slow, W) -> pattern(W, spawn(fun Read() -> receive M -> io:format(standard_error, "~p~n", [M]), load:sleep(1), Read() end end));
setup(process_absent, W) -> pattern(W, spawn(fun() -> receive never -> ok end end));
setup(process_counts, W) -> pattern(W, spawn(fun Read() -> receive _ -> Read() end end));
setup(dbg, W) ->
    {ok, _} = dbg:tracer(process, {fun dbg:dhandler/2, standard_error}),
    {ok, _} = dbg:tpl(lists, '_', []),
    {ok, _} = dbg:p(W, c),
    fun() -> stop_dbg() end;
setup(recon_limited, W) ->
    recon_trace:calls({lists, '_', [{'_', [], []}]}, {100, 1000}, [{pid, W}, {scope, local}, {io_server, whereis(standard_error)}]),
    fun() -> recon_trace:clear() end;
setup(recon_open, W) ->
    recon_trace:calls({lists, '_', [{'_', [], []}]}, {100000000, 1000}, [{pid, W}, {scope, local}, {io_server, whereis(standard_error)}]),
    fun() -> recon_trace:clear() end;
setup(redbug, W) ->
    redbug:start("lists", [{procs, W}, {msgs, 1000000}, {time, 60000}]),
    fun() -> catch redbug:stop(), clear() end.

stop_dbg() -> case erlang:function_exported(dbg, stop_clear, 0) of true -> dbg:stop_clear(); false -> dbg:stop() end, clear().

%% process_flag: sizes of heaps are told as the next size that a heap may have; only save_calls is set with three arguments.
-module(process_flag_sizes).
-export([start/0]).

start() ->
    show(fun() -> [again(min_heap_size, N) || N <- [0, 1, 233, 234, 300, 1000, 65536, 100000, 1000000]] end),  % expect: [233,233,233,376,376,1598,75113,121536,1199557]
    show(fun() -> [again(min_bin_vheap_size, N) || N <- [0, 1000, 46422, 46423, 100000, 833027]] end),  % expect: [46422,46422,46422,75113,121536,999631]
    show(fun() -> [spawned({min_heap_size, N}, min_heap_size) || N <- [0, 234, 1000]] end),  % expect: [233,376,1598]
    show(fun() -> spawned({fullsweep_after, 3}, min_heap_size) end),  % expect: 233
    show(fun() -> again(fullsweep_after, 65535) end),  % expect: 65535
    show(fun() -> process_flag(max_heap_size, #{size => 1000000, other => 1}), maps:get(size, process_flag(max_heap_size, 0)) end),  % expect: 1000000
    show(fun() -> process_flag(max_heap_size, #{kill => true}) end),  % expect: error badarg
    show(fun() -> process_flag(max_heap_size, 232) end),  % expect: error badarg
    show(fun() -> process_flag(min_heap_size, -1) end),  % expect: error badarg
    show(fun() -> process_flag(fullsweep_after, 1 bsl 70) end),  % expect: error badarg
    show(fun() -> process_flag(self(), save_calls, 0) end),  % expect: 0
    show(fun() -> process_flag(self(), trap_exit, true) end).  % expect: error badarg

again(Flag, Value) ->
    Me = self(),
    spawn(fun() -> process_flag(Flag, Value), Me ! process_flag(Flag, Value) end),
    receive Told -> Told end.

spawned(Option, Item) ->
    Pid = spawn_opt(fun() -> receive never -> ok end end, [Option]),
    {Item, Value} = process_info(Pid, Item),
    exit(Pid, kill),
    Value.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

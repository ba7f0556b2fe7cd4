%% system_flag: settings of heaps hold for the processes that are spawned later.
-module(system_flag_heaps).
-export([start/0]).

start() ->
    show(fun() -> during(fullsweep_after, 10) end),  % expect: {65535,{fullsweep_after,10},{fullsweep_after,10},10}
    show(fun() -> during(min_heap_size, 1000) end),  % expect: {233,{min_heap_size,1598},{min_heap_size,1598},1598}
    show(fun() -> during(min_bin_vheap_size, 100000) end),  % expect: {46422,{min_bin_vheap_size,121536},{min_bin_vheap_size,121536},121536}
    show(fun() -> bounded(30000) end),  % expect: killed
    show(fun() -> bounded(0) end),  % expect: {length,100000}
    show(fun() -> [ends(Flag, Value) || Flag <- [fullsweep_after, min_heap_size, min_bin_vheap_size, max_heap_size, backtrace_depth], Value <- [-1, a]] end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> [ends(Flag, foo) || Flag <- [multi_scheduling, time_offset, schedulers_online, nosuch, 1]] end),  % expect: [badarg,badarg,badarg,badarg,badarg]
    show(fun() -> Old = erlang:system_flag(backtrace_depth, 100), erlang:system_flag(backtrace_depth, Old) end).  % expect: 64

during(Flag, Value) ->
    Old = erlang:system_flag(Flag, Value),
    Told = erlang:system_info(Flag),
    Pid = spawn(fun() -> receive never -> ok end end),
    Have = process_info(Pid, Flag),
    exit(Pid, kill),
    {Old, Told, Have, erlang:system_flag(Flag, Old)}.

%% Does a list of a hundred thousand end a process?
bounded(Words) ->
    erlang:system_flag(max_heap_size, #{size => Words, error_logger => false}),
    {_, Monitor} = spawn_monitor(fun() -> exit({length, length(lists:seq(1, 100000))}) end),
    erlang:system_flag(max_heap_size, 0),
    receive {'DOWN', Monitor, process, _, Reason} -> Reason end.

ends(Flag, Value) ->
    try erlang:system_flag(Flag, Value)
    catch error:Reason -> Reason
    end.

show(F) -> io:format("~p~n", [F()]).

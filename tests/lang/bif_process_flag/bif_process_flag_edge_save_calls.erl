%% process_flag: edge, save_calls and what process_info says of it.
-module(bif_process_flag_edge_save_calls).
-export([start/0, id/1]).
-include("../waiting.hrl").

start() ->
    show(fun() -> process_info(self(), last_calls) end),  % expect: {last_calls,false}
    show(fun() -> saved(10, fun() -> ?MODULE:id(1), F = fun ?MODULE:id/1, F(2), M = ?MODULE:id(?MODULE), M:id(3), apply(M, id, [4]) end) end),  % expect: [{bif_process_flag_edge_save_calls,id,1},
    % expect:  {bif_process_flag_edge_save_calls,id,1},
    % expect:  {bif_process_flag_edge_save_calls,id,1},
    % expect:  {bif_process_flag_edge_save_calls,id,1},
    % expect:  {bif_process_flag_edge_save_calls,id,1},
    % expect:  {erlang,process_info,2}]
    show(fun() -> saved(10, fun() -> self() ! hello, receive hello -> ok end, receive nothing -> ok after 0 -> ok end end) end),  % expect: [{erlang,send,2},send,'receive',timeout,{erlang,process_info,2}]
    show(fun() -> saved(10, fun() -> lists:reverse([1, 2]), local(1), (fun(X) -> X end)(1), abs(?MODULE:id(-1)) end) end),  % expect: [{lists,reverse,1},
    % expect:  {bif_process_flag_edge_save_calls,id,1},
    % expect:  {erlang,process_info,2}]
    show(fun() -> saved(2, fun() -> [?MODULE:id(N) || N <- [1, 2, 3]], ?MODULE:id(4) end) end),  % expect: [{bif_process_flag_edge_save_calls,id,1},{erlang,process_info,2}]
    show(fun() -> [process_flag(save_calls, 3), process_flag(save_calls, 0), process_info(self(), last_calls)] end),  % expect: [0,3,{last_calls,false}]
    show(fun() -> other() end).  % expect: {0,{last_calls,['receive',{bif_process_flag_edge_save_calls,id,1}]}}

%% The first call after the flag is set may be left out.
saved(N, Work) ->
    {Pid, Ref} = spawn_monitor(fun() -> process_flag(save_calls, N), atom_to_list(ok), Work(), exit(process_info(self(), last_calls)) end),
    receive {'DOWN', Ref, process, Pid, {last_calls, Calls}} -> Calls -- [{erlang, atom_to_list, 1}] end.

other() ->
    Pid = waiting(spawn(fun() -> receive go -> ?MODULE:id(go) end, receive stop -> ok end end)),
    Old = process_flag(Pid, save_calls, 5),
    Pid ! go,
    Answer = process_info(waiting(Pid), last_calls),
    Pid ! stop,
    {Old, Answer}.

local(X) -> X.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

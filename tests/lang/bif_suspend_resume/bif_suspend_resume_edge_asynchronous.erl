%% suspend_process: edge, requests that are answered by a message.
-module(bif_suspend_resume_edge_asynchronous).
-export([start/0, wait/0, nothing/0]).
-include("../waiting.hrl").

start() ->
    Pid = waiting(spawn(?MODULE, wait, [])),
    {Ended, M} = spawn_monitor(?MODULE, nothing, []),
    receive {'DOWN', M, _, _, _} -> ok end,
    show(fun() -> asked(Pid, [{asynchronous, first}]) end),  % expect: {true,{first,suspended}}
    show(fun() -> asked(Pid, [{asynchronous, {second, 1}}]) end),  % expect: {true,{{second,1},suspended}}
    show(fun() -> asked(Pid, [unless_suspending, {asynchronous, third}]) end),  % expect: {false,{third,suspended}}
    show(fun() -> asked(Ended, [{asynchronous, ended}]) end),  % expect: {true,{ended,badarg}}
    show(fun() -> {erlang:suspend_process(Ended, [asynchronous]), receive Message -> Message after 50 -> none end} end),  % expect: {true,none}
    show(fun() -> asked(self(), [{asynchronous, self}]) end),  % expect: error badarg
    show(fun() -> asked(Pid, [{other, tag}]) end).  % expect: error badarg

wait() -> receive stop -> ok end.
nothing() -> ok.

asked(Pid, Options) ->
    Answer = erlang:suspend_process(Pid, Options),
    {Answer, receive Message -> Message after 30000 -> none end}.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

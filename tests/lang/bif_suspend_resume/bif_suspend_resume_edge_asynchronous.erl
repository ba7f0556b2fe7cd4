%% suspend_process: edge, requests that are answered by a message.
-module(bif_suspend_resume_edge_asynchronous).
-export([start/0]).

start() ->
    Pid = spawn(fun() -> receive stop -> ok end end),  % expect: {true,{first,suspended}}
    Ended = spawn(fun() -> ok end),  % expect: {true,{{second,1},suspended}}
    timer:sleep(10),
    show(fun() -> asked(Pid, [{asynchronous, first}]) end),  % expect: {false,{third,suspended}}
    show(fun() -> asked(Pid, [{asynchronous, {second, 1}}]) end),  % expect: {true,{ended,badarg}}
    show(fun() -> asked(Pid, [unless_suspending, {asynchronous, third}]) end),  % expect: {true,none}
    show(fun() -> asked(Ended, [{asynchronous, ended}]) end),  % expect: error badarg
    show(fun() -> asked(Ended, [asynchronous]) end),  % expect: error badarg
    show(fun() -> asked(self(), [{asynchronous, self}]) end),
    show(fun() -> asked(Pid, [{other, tag}]) end).

asked(Pid, Options) ->
    Answer = erlang:suspend_process(Pid, Options),
    {Answer, receive Message -> Message after 50 -> none end}.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% What debug functions print, and to which device.
-module(sys_printed).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2]).
-include("../show.hrl").
-include("../printed.hrl").

start() ->
    show(fun() -> written(fun(P) -> sys:trace(P, true), gen_server:call(P, add), gen_server:cast(P, note), sys:trace(P, false, 1000), gen_server:call(P, add) end) end),  % expect: ["*DBG* <pid> got call add from <pid>","*DBG* <pid> sent added to <pid>, new state <pid>","*DBG* <pid> got cast note","*DBG* <pid> new state <pid>",[]]
    show(fun() -> written(fun(P) -> sys:trace(P, true, 1000), P ! {info, 1} end) end),  % expect: ["*DBG* <pid> got {info,1}","*DBG* <pid> new state <pid>",[]]
    show(fun() -> written(fun(P) -> sys:log(P, true), gen_server:call(P, add), gen_server:cast(P, note), sys:log(P, print) end) end),  % expect: ["*DBG* <pid> got call add from <pid>","*DBG* <pid> sent added to <pid>, new state <pid>","*DBG* <pid> got cast note","*DBG* <pid> new state <pid>",[]]
    show(fun() -> written(fun(P) -> sys:log(P, print) end) end),  % expect: [[]]
    show(fun() -> logged(fun(P, F) -> sys:log_to_file(P, F), gen_server:call(P, add), sys:log_to_file(P, false), gen_server:call(P, add) end) end),  % expect: ["*DBG* <pid> got call add from <pid>","*DBG* <pid> sent added to <pid>, new state <pid>",[]]
    show(fun() -> logged(fun(P, F) -> sys:log_to_file(P, F, 1000), gen_server:cast(P, note) end) end),  % expect: ["*DBG* <pid> got cast note","*DBG* <pid> new state <pid>",[]]
    show(fun() -> started([log]) end),  % expect: {{ok,[]},{ok,no_statistics}}
    show(fun() -> started([{log, 5}]) end),  % expect: {{ok,[]},{ok,no_statistics}}
    show(fun() -> started([statistics]) end),  % expect: {{ok,[]},[start_time,current_time,reductions,messages_in,messages_out]}
    show(fun() -> started([{install, {fun(S, E, _) -> S ! {seen, E}, S end, self()}}]) end),  % expect: {{ok,[]},{ok,no_statistics}}
    drain().

%% What the server's group leader was asked to write while F ran.
written(F) ->
    Me = self(),
    {Leader, _} = spawn_monitor(fun() -> printing_leader([]) end),
    {Starter, Mon} = spawn_monitor(fun() ->
        group_leader(Leader, self()),
        {ok, P} = gen_server:start(?MODULE, Me, []),
        F(P),
        sys:get_state(P),
        gen_server:stop(P)
    end),
    receive {'DOWN', Mon, _, _, _} -> ok end,
    Leader ! {self(), text},
    receive {text, T} -> [no_pid(L) || L <- string:split(T, "\n", all)] end.

logged(F) ->
    Name = filename:join(os:getenv("TMPDIR", "/tmp"), "sys_printed_" ++ os:getpid()),
    {ok, P} = gen_server:start(?MODULE, self(), []),
    F(P, Name),
    sys:get_state(P),
    gen_server:stop(P),
    {ok, Text} = file:read_file(Name),
    file:delete(Name),
    [no_pid(L) || L <- string:split(binary_to_list(Text), "\n", all)].

%% Pids differ from run to run.
no_pid(L) -> re:replace(L, "<[0-9.]+>", "<pid>", [global, {return, list}]).

started(Debug) ->
    {ok, P} = gen_server:start(?MODULE, self(), [{debug, Debug}]),
    Log = sys:log(P, get),
    Statistics = case sys:statistics(P, get) of {ok, S} when is_list(S) -> [K || {K, _} <- S]; O -> O end,
    gen_server:cast(P, note),
    _ = sys:get_state(P),
    gen_server:stop(P),
    {Log, Statistics}.

init(To) -> {ok, To}.
handle_call(add, _, S) -> {reply, added, S}.
handle_cast(note, S) -> {noreply, S}.

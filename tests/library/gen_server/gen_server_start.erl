%% Ways to start, failures of init, enter_loop, options.
-module(gen_server_start).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, handle_continue/2, enter/2]).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    show(fun() -> gen_server:start(?MODULE, ok, []) end),  % expect: {ok,pid}
    show(fun() -> gen_server:start(?MODULE, {stop, no}, []) end),  % expect: {error,no}
    show(fun() -> gen_server:start_link(?MODULE, {stop, no}, []) end),  % expect: {error,no}
    show(fun() -> gen_server:start(?MODULE, ignore, []) end),  % expect: ignore
    show(fun() -> gen_server:start_link(?MODULE, ignore, []) end),  % expect: ignore
    show(fun() -> gen_server:start(?MODULE, nonsense, []) end),  % expect: {error,{bad_return_value,nonsense}}
    show(fun() -> gen_server:start(?MODULE, {crash, error}, []) end),  % expect: {error,{wrong,{at,gen_server_start,init,1}}}
    show(fun() -> gen_server:start(?MODULE, {crash, exit}, []) end),  % expect: {error,gone}
    show(fun() -> gen_server:start(?MODULE, {crash, throw}, []) end),  % expect: {error,{bad_return_value,ball}}
    show(fun() -> gen_server:start_link(?MODULE, {crash, exit}, []) end),  % expect: {error,gone}
    drain(),
    show(fun() -> gen_server:start(?MODULE, {throw, {ok, thrown_state}}, []) end),  % expect: {ok,pid}
    show(fun() -> gen_server:start(?MODULE, {sleep, 5000}, [{timeout, 10}]) end),  % expect: {error,timeout}
    show(fun() -> gen_server:start(no_such_module_here, [], []) end),  % expect: {error,{undef,{at,no_such_module_here,init,1}}}
    show(fun() -> gen_server:start({local, gss}, ?MODULE, ok, []) end),  % expect: {ok,pid}
    show(fun() -> gen_server:start({local, gss}, ?MODULE, ok, []) end),  % expect: {error,{already_started,pid}}
    show(fun() -> gen_server:start({global, gss_g}, ?MODULE, ok, []) end),  % expect: {ok,pid}
    show(fun() -> gen_server:start({global, gss_g}, ?MODULE, ok, []) end),  % expect: {error,{already_started,pid}}
    show(fun() -> gen_server:start({via, global, gss_v}, ?MODULE, ok, []) end),  % expect: {ok,pid}
    show(fun() -> [gen_server:call({global, gss_g}, name), gen_server:call({via, global, gss_v}, name), gen_server:call(gss, name)] end),  % expect: [[],[],{registered_name,gss}]
    show(fun() -> gen_server:start({local, "name"}, ?MODULE, ok, []) end),  % expect: error badarg
    show(fun() -> gen_server:start(foo, ?MODULE, ok, []) end),  % expect: error function_clause
    show(fun() -> gen_server:start({via, "x", y}, ?MODULE, ok, []) end),  % expect: error badarg
    show(fun() -> gen_server:start_link({local, undefined}, ?MODULE, ok, []) end),  % expect: {error,{already_started,undefined}}
    show(fun() -> gen_server:start_monitor(?MODULE, ok, []) end),  % expect: {ok,{pid,ref}}
    show(fun() -> gen_server:start_monitor({local, gss_m}, ?MODULE, ok, []) end),  % expect: {ok,{pid,ref}}
    show(fun() -> gen_server:start_monitor({local, gss_m}, ?MODULE, ok, []) end),  % expect: {error,{already_started,pid}}
    show(fun() -> gen_server:start_monitor(?MODULE, {stop, no}, []) end),  % expect: {error,no}
    drain(),
    show(fun() -> gen_server:start_monitor(?MODULE, ignore, []) end),  % expect: ignore
    show(fun() -> down(gen_server:start_monitor(?MODULE, ok, [])) end),  % expect: shutdown
    drain(),
    show(fun() -> gen_server:start(?MODULE, {continue, self()}, []) end),  % expect: {ok,pid}
    show(fun() -> [next(), next()] end),  % expect: [first,second]
    show(fun() -> gen_server:start(?MODULE, {timeout, self()}, []) end),  % expect: {ok,pid}
    show(fun() -> next() end),  % expect: timed_out
    show(fun() -> options([{hibernate_after, 5}]) end),  % expect: [{priority,normal},true,{ok,[]}]
    show(fun() -> options([{spawn_opt, [{priority, high}]}]) end),  % expect: [{priority,high},true,{ok,[]}]
    show(fun() -> options([{debug, [log]}]) end),  % expect: [{priority,normal},true,{ok,[]}]
    show(fun() -> gen_server:start(?MODULE, ok, [{spawn_opt, [monitor]}]) end),  % expect: error badarg
    show(fun() -> gen_server:start(?MODULE, ok, [{debug, nonsense}]) end),  % expect: {ok,pid}
    drain(),
    show(fun() -> entered([?MODULE, []]) end),  % expect: {nothing,{{pid,0},[]},noproc}
    show(fun() -> entered([?MODULE, [], 5]) end),  % expect: {{info,timeout},{{pid,0},[]},noproc}
    show(fun() -> entered([?MODULE, [], {local, gs_entered}]) end),  % expect: {nothing,{{pid,0},{registered_name,gs_entered}},noproc}
    show(fun() -> entered([?MODULE, [], {continue, on}]) end),  % expect: {{continued,on},{{pid,0},[]},noproc}
    show(fun() -> entered([?MODULE, [], {local, gs_entered}, 5]) end),  % expect: {{info,timeout},{{pid,0},{registered_name,gs_entered}},noproc}
    show(fun() -> entered([?MODULE, [], {local, gs_entered}, {continue, on}]) end),  % expect: {{continued,on},{{pid,0},{registered_name,gs_entered}},noproc}
    show(fun() -> entered([?MODULE, [], {local, not_registered}]) end),  % expect: {{exit,process_not_registered},dead,noproc}
    show(fun() -> entered([?MODULE, [], {global, not_registered}]) end),  % expect: {{exit,process_not_registered_globally},dead,noproc}
    show(fun() -> entered([?MODULE, [], self(), hibernate]) end),  % expect: {nothing,{{pid,0},[]},noproc}
    show(fun() -> outside() end).  % expect: process_was_not_started_by_proc_lib

init(ok) -> {ok, state};
init({crash, error}) -> error(wrong);
init({crash, exit}) -> exit(gone);
init({crash, throw}) -> throw(ball);
init({throw, T}) -> throw(T);
init({sleep, Ms}) -> timer:sleep(Ms), {ok, state};
init({continue, To}) -> {ok, To, {continue, first}};
init({timeout, To}) -> {ok, To, 5};
init(Other) -> Other.
handle_call(name, _, S) -> {reply, process_info(self(), registered_name), S};
handle_call(_, _, S) -> {reply, S, S}.
handle_cast(_, S) -> {noreply, S}.
handle_info(timeout, To) when is_pid(To) -> To ! timed_out, {noreply, state};
handle_info(I, {To, N}) -> To ! {info, I}, {noreply, {To, N}};
handle_info(_, S) -> {noreply, S}.
handle_continue(C, {To, N}) -> To ! {continued, C}, {noreply, {To, N}};
handle_continue(first, To) -> To ! first, {noreply, To, {continue, second}};
handle_continue(second, To) -> To ! second, {noreply, To}.

down({ok, {Pid, Ref}}) ->
    gen_server:stop(Pid, shutdown, 500),
    receive {'DOWN', Ref, _, _, R} -> R after 30000 -> none end.

options(Opts) ->
    {ok, P} = gen_server:start(?MODULE, ok, Opts),
    timer:sleep(20),
    R = [process_info(P, priority), process_info(P, heap_size) =/= undefined, sys:log(P, get)],
    gen_server:stop(P),
    R.

%% A process started by proc_lib becomes a server; the state is {Tester, N}.
entered([Mod, Opts | More]) ->
    Me = self(),
    {ok, P} = proc_lib:start(?MODULE, enter, [Me, {Mod, Opts, More}]),
    First = next(50),
    Second = case is_process_alive(P) of true -> {gen_server:call(P, state), gen_server:call(P, name)}; false -> dead end,
    exit(P, kill),
    {First, Second, ends(P)}.

enter(To, {Mod, Opts, More}) ->
    [register(N, self()) || {local, N} <- More, N =/= not_registered],
    proc_lib:init_ack({ok, self()}),
    try
        case More of
            [] -> gen_server:enter_loop(Mod, Opts, {To, 0});
            [A] -> gen_server:enter_loop(Mod, Opts, {To, 0}, A);
            [A, B] -> gen_server:enter_loop(Mod, Opts, {To, 0}, A, B)
        end
    catch C:R -> To ! {C, R}
    end.

outside() ->
    {P, M} = spawn_monitor(fun() -> gen_server:enter_loop(?MODULE, [], state) end),
    receive {'DOWN', M, _, P, R} -> case R of {E, [_ | _]} -> E; _ -> R end after 30000 -> alive end.

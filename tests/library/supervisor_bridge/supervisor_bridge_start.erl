%% A process of one's own under a supervisor.
-module(supervisor_bridge_start).
-behaviour(supervisor_bridge).
-export([init/1, terminate/2]).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    show(fun() -> supervisor_bridge:start_link(?MODULE, {ok, self()}) end),  % expect: {ok,pid}
    show(fun() -> supervisor_bridge:start_link({local, bridge}, ?MODULE, {ok, self()}) end),  % expect: {ok,pid}
    show(fun() -> supervisor_bridge:start_link({local, bridge}, ?MODULE, {ok, self()}) end),  % expect: {error,{already_started,pid}}
    show(fun() -> supervisor_bridge:start_link(?MODULE, ignore) end),  % expect: ignore
    show(fun() -> supervisor_bridge:start_link(?MODULE, {error, no}) end),  % expect: {error,no}
    show(fun() -> supervisor_bridge:start_link(?MODULE, nonsense) end),  % expect: {error,{{case_clause,nonsense},{at,supervisor_bridge,init,1}}}
    drain(),
    show(fun() -> under(shutdown) end),  % expect: [{terminated,shutdown},[{'EXIT',pid,shutdown},{'DOWN',ref,process,pid,shutdown}],taken]
    drain(),
    show(fun() -> inner_dies(wrong) end),  % expect: [{'EXIT',pid,wrong},nothing]
    show(fun() -> inner_dies(normal) end).  % expect: [{'EXIT',pid,normal},nothing]

init({ok, To}) ->
    P = spawn_link(fun() -> receive {die, R} -> exit(R) end end),
    To ! {inner, P},
    {ok, P, To};
init(Other) -> Other.
terminate(R, To) -> To ! {terminated, R}.

under(How) ->
    drain(),
    {ok, B} = supervisor_bridge:start_link(?MODULE, {ok, self()}),
    M = monitor(process, B),
    {inner, _} = next(),
    exit(B, How),
    [plain(next()), lists:sort([plain(next()), plain(next())]), receive {'DOWN', M, _, _, _} -> down after 0 -> taken end].

inner_dies(How) ->
    drain(),
    {ok, B} = supervisor_bridge:start_link(?MODULE, {ok, self()}),
    {inner, P} = next(),
    P ! {die, How},
    [plain(next()), next(50)].

%% The tree: the router's tables first, the listener last. What stands above an ended child in the list goes on.
-module(mqtt_sup).
-behaviour(supervisor).

-export([start_link/0, init/1]).

start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).

init([]) ->
    Worker = fun(M) -> #{id => M, start => {M, start_link, []}} end,
    Supervisor = fun(M) -> #{id => M, start => {M, start_link, []}, type => supervisor} end,
    {ok, {#{strategy => rest_for_one}, [
        Worker(mqtt_router), Supervisor(mqtt_session_sup), Worker(mqtt_registry), Supervisor(mqtt_connection_sup), Worker(mqtt_listener)
    ]}}.

%% Supervises connections whose client is not known yet.
-module(mqtt_connection_sup).
-behaviour(supervisor).

-export([start_link/0, init/1]).

start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).

init([]) ->
    {ok, {#{strategy => simple_one_for_one, intensity => 100, period => 1}, [#{id => connection, start => {mqtt_connection, start_link, []}, restart => temporary, shutdown => brutal_kill}]}}.

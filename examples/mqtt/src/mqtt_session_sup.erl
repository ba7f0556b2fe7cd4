%% Supervises sessions. One that crashes is not restarted: its client connects again.
-module(mqtt_session_sup).
-behaviour(supervisor).

-export([start_link/0, start_session/1, init/1]).

start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).

start_session(Id) -> supervisor:start_child(?MODULE, [Id]).

init([]) ->
    {ok, {#{strategy => simple_one_for_one, intensity => 100, period => 1}, [#{id => session, start => {mqtt_session, start_link, []}, restart => temporary, shutdown => 2000}]}}.

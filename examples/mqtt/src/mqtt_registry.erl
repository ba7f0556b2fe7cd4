%% One session process for each client: finds it or starts it. The table also says which of them have a connection.
-module(mqtt_registry).
-behaviour(gen_server).

-export([start_link/0, open/1, find/1, online/2, is_online/1, all/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-define(TABLE, mqtt_sessions).

start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

%% The session of a client, started if it has none.
-spec open({binary(), binary()}) -> pid().
open(Id) -> gen_server:call(?MODULE, {open, Id}, infinity).

-spec find({binary(), binary()}) -> {ok, pid()} | error.
find(Id) ->
    case ets:lookup(?TABLE, Id) of
        [{_, Pid, _}] -> {ok, Pid};
        [] -> error
    end.

%% A session says whether it has a connection.
online(Id, Online) -> ets:update_element(?TABLE, Id, {3, Online}).

is_online(Id) -> ets:lookup(?TABLE, Id) =/= [] andalso ets:lookup_element(?TABLE, Id, 3).

all() -> ets:tab2list(?TABLE).

init([]) ->
    ets:new(?TABLE, [named_table, public, set, {read_concurrency, true}, {write_concurrency, true}]),
    {ok, #{}}.

handle_call({open, Id}, _, Monitors) ->
    case find(Id) of
        {ok, Pid} -> {reply, Pid, Monitors};
        error ->
            {ok, Pid} = mqtt_session_sup:start_session(Id),
            ets:insert(?TABLE, {Id, Pid, false}),
            {reply, Pid, Monitors#{erlang:monitor(process, Pid) => Id}}
    end.

handle_cast(_, Monitors) -> {noreply, Monitors}.

handle_info({'DOWN', Monitor, process, Pid, _}, Monitors) ->
    case maps:take(Monitor, Monitors) of
        {Id, Rest} ->
            ets:delete_object(?TABLE, {Id, Pid, true}),
            ets:delete_object(?TABLE, {Id, Pid, false}),
            mqtt_router:forget(Id),
            {noreply, Rest};
        error -> {noreply, Monitors}
    end;
handle_info(_, Monitors) -> {noreply, Monitors}.

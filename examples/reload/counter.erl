%% A live counter service with clients: change this file while it runs.
%%
%%   transom run --name counter examples/reload/counter.erl
%%   transom reload counter
%%
%% The clients call the server ten times a second each and would say so if a call failed or the count went backwards.
-module(counter).
-behaviour(gen_server).

-export([start/0, start_link/0, count/0, client/2]).
-export([init/1, handle_call/3, handle_cast/2, code_change/3]).

-record(state, {count = 0, step = 1}).

start() ->
    {ok, _} = start_link(),
    [spawn_link(?MODULE, client, [N, 0]) || N <- lists:seq(1, 5)],
    io:format("counting~n").

start_link() -> gen_server:start_link({local, counter}, ?MODULE, [], []).

count() -> gen_server:call(counter, count).

%% The fully-qualified call at the end takes the client into new code at its next round.
client(N, Last) ->
    Count = count(),
    Count > Last orelse io:format("client ~w: from ~w to ~w~n", [N, Last, Count]),
    receive after 100 -> ok end,
    ?MODULE:client(N, Count).

init([]) -> {ok, #state{}}.

handle_call(count, _From, #state{count = C, step = S} = State) ->
    {reply, C + S, State#state{count = C + S}}.

handle_cast(_, State) -> {noreply, State}.

%% The fields of the state are found by their names, whatever a later version adds, drops or moves.
code_change(_Vsn, State, _Extra) -> {ok, transom_reload:migrate(State, ?MODULE)}.

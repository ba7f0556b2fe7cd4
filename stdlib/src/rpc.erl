%% Calls to nodes in their older form. This node is the only one: any other answers {badrpc, nodedown}.
-module(rpc).

-export([start/0, start_link/0, stop/0]).
-export([call/4, call/5, block_call/4, block_call/5, cast/4, async_call/4, yield/1, nb_yield/1, nb_yield/2, abcast/2, abcast/3,
         sbcast/2, sbcast/3, multicall/3, multicall/4, multicall/5, eval_everywhere/3, eval_everywhere/4, server_call/4,
         multi_server_call/2, multi_server_call/3, parallel_eval/1, pmap/3, pinfo/1, pinfo/2]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).
-export([evaluate/2]).

%% The server takes what is sent to the registered name `rex`.
start() -> gen_server:start({local, rex}, ?MODULE, [], []).
start_link() -> gen_server:start_link({local, rex}, ?MODULE, [], []).
stop() -> gen_server:stop(rex).

init([]) -> {ok, []}.

handle_call({block_call, M, F, A}, _, S) -> {reply, applied(M, F, A), S};
handle_call(_, _, S) -> {noreply, S}.

handle_cast({cast, M, F, A}, S) -> spawn(M, F, A), {noreply, S};
handle_cast(_, S) -> {noreply, S}.

handle_info({From, {sbcast, Name, Message}}, S) ->
    From ! {rex, node(), try erlang:send(Name, Message) of _ -> Name catch error:_ -> {nonexisting_name, Name} end},
    {noreply, S};
handle_info(_, S) -> {noreply, S}.

%% What the function comes to, as calls report it: a throw is a value, everything else that is raised is badrpc.
applied(M, F, A) ->
    try apply(M, F, A)
    catch
        throw:V -> V;
        exit:R -> {badrpc, {'EXIT', R}};
        error:R:S -> {badrpc, {'EXIT', {R, S}}}
    end.

call(Node, M, F, A) -> call(Node, M, F, A, infinity).

call(Node, M, F, A, Timeout) when is_atom(Node), is_atom(M), is_atom(F), is_list(A) ->
    try erpc:call(Node, M, F, A, Timeout)
    catch
        throw:V -> V;
        exit:{exception, R} -> {badrpc, {'EXIT', R}};
        error:{exception, R, S} -> {badrpc, {'EXIT', {R, S}}};
        error:{erpc, badarg} -> erlang:error(badarg, [Node, M, F, A, Timeout]);
        exit:{signal, R} -> {badrpc, {'EXIT', R}};
        error:{erpc, noconnection} -> {badrpc, nodedown};
        error:{erpc, Why} -> {badrpc, Why}
    end;
call(Node, M, F, A, Timeout) -> erlang:error(badarg, [Node, M, F, A, Timeout]).

%% Block calls follow one another in one process.
block_call(Node, M, F, A) -> block_call(Node, M, F, A, infinity).

block_call(Node, M, F, A, Timeout) when is_atom(Node), is_atom(M), is_atom(F), is_list(A) ->
    case Node =:= node() andalso whereis(rex) of
        Pid when is_pid(Pid) ->
            try gen_server:call(Pid, {block_call, M, F, A}, Timeout)
            catch exit:{timeout, _} -> {badrpc, timeout}
            end;
        _ -> call(Node, M, F, A, Timeout)
    end.

cast(Node, M, F, A) when is_atom(Node), is_atom(M), is_atom(F), is_list(A) ->
    Node =:= node() andalso spawn(M, F, A),
    true;
cast(Node, M, F, A) -> erlang:error(badarg, [Node, M, F, A]).

abcast(Name, Message) -> abcast([node() | nodes()], Name, Message).

abcast(Nodes, Name, Message) when is_list(Nodes), is_atom(Name) ->
    [catch erlang:send({Name, N}, Message) || N <- Nodes, N =:= node()],
    abcast.

sbcast(Name, Message) -> sbcast([node() | nodes()], Name, Message).

sbcast(Nodes, Name, Message) ->
    lists:partition(fun(N) -> N =:= node() andalso sent(Name, Message) end, Nodes).

sent(Name, Message) -> try erlang:send(Name, Message) of _ -> true catch error:_ -> false end.

eval_everywhere(M, F, A) -> eval_everywhere([node() | nodes()], M, F, A).

eval_everywhere(Nodes, M, F, A) ->
    [cast(N, M, F, A) || N <- Nodes],
    abcast.

multicall(M, F, A) -> multicall(M, F, A, infinity).

multicall(Nodes, M, F, A) when is_list(Nodes) -> multicall(Nodes, M, F, A, infinity);
multicall(M, F, A, Timeout) -> multicall([node() | nodes()], M, F, A, Timeout).

multicall(Nodes, M, F, A, Timeout) when is_list(Nodes), is_atom(M), is_atom(F), is_list(A) ->
    Results = erpc:multicall(Nodes, ?MODULE, evaluate, [{M, F, A}, []], Timeout),
    {[V || {ok, V} <- Results], [N || {N, R} <- lists:zip(Nodes, Results), element(1, R) =/= ok]}.

evaluate({M, F, A}, _) -> applied(M, F, A).

%% A promise is the process that waits for the answer.
async_call(Node, M, F, A) ->
    Me = self(),
    spawn(fun() -> Me ! {self(), {promise_reply, call(Node, M, F, A)}} end).

yield(Key) when is_pid(Key) ->
    {value, V} = nb_yield(Key, infinity),
    V.

nb_yield(Key) -> nb_yield(Key, 0).

nb_yield(Key, Timeout) when is_pid(Key) ->
    receive {Key, {promise_reply, V}} -> {value, V}
    after Timeout -> timeout
    end.

server_call(Node, Name, Wrapper, Message) when is_atom(Node), is_atom(Name) ->
    Ref = erlang:monitor(process, {Name, Node}),
    receive
        {'DOWN', Ref, _, _, _} -> {error, nodedown}
    after 0 ->
        {Name, Node} ! {self(), Message},
        receive
            {'DOWN', Ref, _, _, _} -> {error, nodedown};
            {Wrapper, Node, Reply} -> erlang:demonitor(Ref, [flush]), Reply
        end
    end.

multi_server_call(Name, Message) -> multi_server_call([node() | nodes()], Name, Message).

multi_server_call(Nodes, Name, Message) ->
    Replies = [{N, server_call(N, Name, Name, Message)} || N <- Nodes],
    {[R || {_, R} <- Replies, R =/= {error, nodedown}], [N || {N, {error, nodedown}} <- Replies]}.

parallel_eval(Calls) ->
    Keys = [async_call(node(), M, F, A) || {M, F, A} <- Calls],
    [yield(K) || K <- Keys].

pmap({M, F}, Extra, List) ->
    Results = parallel_eval([{M, F, [X | Extra]} || X <- List]),
    [case R of {badrpc, _} -> exit(badrpc); _ -> R end || R <- Results].

pinfo(Pid) -> process_info(Pid).
pinfo(Pid, Item) -> process_info(Pid, Item).

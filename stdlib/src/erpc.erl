%% Calls carried out by a process of their own, on this node: there is no distribution, so every other node is
%% {erpc, noconnection}. What the function raises is told apart from what went wrong around it.
-module(erpc).

-export([call/2, call/3, call/4, call/5, cast/2, cast/4, multicall/2, multicall/3, multicall/4, multicall/5, multicast/2,
         multicast/4]).
-export([send_request/2, send_request/4, send_request/6, receive_response/1, receive_response/2, receive_response/3,
         wait_response/1, wait_response/2, wait_response/3, check_response/2, check_response/3, reqids_new/0, reqids_size/1,
         reqids_add/3, reqids_to_list/1]).
-export([execute/4]).
-export_type([request_id/0, request_id_collection/0]).

-opaque request_id() :: {reference(), reference()}.
-opaque request_id_collection() :: #{reference() => {request_id(), term()}}.

-define(IS_TIMEOUT(T), (T =:= infinity orelse (is_integer(T) andalso T >= 0) orelse (is_tuple(T) andalso element(1, T) =:= abs))).
-define(IS_MFA(N, M, F, A), (is_atom(N) andalso is_atom(M) andalso is_atom(F) andalso is_list(A))).

bad() -> erlang:error({erpc, badarg}).

%% ---- Calls ----

call(Node, Fun) -> call(Node, Fun, infinity).

call(Node, Fun, Timeout) when is_function(Fun, 0) -> call(Node, erlang, apply, [Fun, []], Timeout);
call(_, _, _) -> bad().

call(Node, M, F, A) -> call(Node, M, F, A, infinity).

call(Node, M, F, A, Timeout) when ?IS_MFA(Node, M, F, A), ?IS_TIMEOUT(Timeout) ->
    result(start(Node, M, F, A), Timeout, {[{Node, {M, F, A}}], call});
call(_, _, _, _, _) -> bad().

%% A worker of its own, watched; its exit reason is the outcome.
start(Node, M, F, A) when Node =:= node() ->
    Res = make_ref(),
    {_, Monitor} = spawn_monitor(?MODULE, execute, [Res, M, F, A]),
    {Res, Monitor};
start(_, _, _, _) ->
    Monitor = make_ref(),
    self() ! {'DOWN', Monitor, process, undefined, noconnection},
    {make_ref(), Monitor}.

is_proper(L) -> try length(L) of _ -> true catch error:badarg -> false end.

execute(Res, M, F, A) ->
    exit({Res, try {return, apply(M, F, A)}
               catch
                   throw:T -> {throw, T};
                   exit:R -> {exit, R};
                   error:R:S -> {error, R, trim(S)}
               end}).

%% The frames of the worker itself say nothing.
trim(Stack) -> [Frame || Frame <- Stack, element(1, Frame) =/= ?MODULE].

result({Res, Monitor}, Timeout, _) ->
    receive
        {'DOWN', Monitor, process, _, Outcome} -> outcome(Res, Outcome)
    after milliseconds(Timeout) ->
        erlang:demonitor(Monitor, [flush]),
        erlang:error({erpc, timeout})
    end.

outcome(Res, {Res, {return, V}}) -> V;
outcome(Res, {Res, {throw, T}}) -> throw(T);
outcome(Res, {Res, {exit, R}}) -> exit({exception, R});
outcome(Res, {Res, {error, R, S}}) -> erlang:error({exception, R, S});
outcome(_, noconnection) -> erlang:error({erpc, noconnection});
outcome(_, Reason) -> exit({signal, Reason}).

milliseconds(infinity) -> infinity;
milliseconds({abs, At}) -> max(0, At - erlang:monotonic_time(millisecond));
milliseconds(T) -> T.

%% ---- Casts ----

cast(Node, Fun) when is_atom(Node), is_function(Fun, 0) -> cast(Node, erlang, apply, [Fun, []]);
cast(_, _) -> bad().

cast(Node, M, F, A) when ?IS_MFA(Node, M, F, A) ->
    is_proper(A) orelse bad(),
    Node =:= node() andalso spawn(M, F, A),
    ok;
cast(_, _, _, _) -> bad().

multicast(Nodes, Fun) when is_function(Fun, 0) -> multicast(Nodes, erlang, apply, [Fun, []]);
multicast(_, _) -> bad().

multicast(Nodes, M, F, A) ->
    check_nodes(Nodes),
    [cast(N, M, F, A) || N <- Nodes],
    ok.

check_nodes(Nodes) -> is_list(Nodes) andalso is_proper(Nodes) andalso lists:all(fun is_atom/1, Nodes) orelse bad().

%% ---- Many at once ----

multicall(Nodes, Fun) -> multicall(Nodes, Fun, infinity).

multicall(Nodes, Fun, Timeout) when is_function(Fun, 0) -> multicall(Nodes, erlang, apply, [Fun, []], Timeout);
multicall(_, _, _) -> bad().

multicall(Nodes, M, F, A) -> multicall(Nodes, M, F, A, infinity).

multicall(Nodes, M, F, A, Timeout) when is_atom(M), is_atom(F), is_list(A), ?IS_TIMEOUT(Timeout) ->
    check_nodes(Nodes),
    End = deadline(Timeout),
    Requests = [start(N, M, F, A) || N <- Nodes],
    [try {ok, result(R, End, none)} catch Class:Reason -> {Class, Reason} end || R <- Requests];
multicall(_, _, _, _, _) -> bad().

deadline(T) when is_integer(T) -> {abs, erlang:monotonic_time(millisecond) + T};
deadline(T) -> T.

%% ---- Requests ----

send_request(Node, Fun) when is_atom(Node), is_function(Fun, 0) -> send_request(Node, erlang, apply, [Fun, []]);
send_request(_, _) -> bad().

%% With four arguments also: a fun, a label and a collection.
send_request(Node, Fun, Label, Ids) when is_atom(Node), is_function(Fun, 0), is_map(Ids) ->
    reqids_add(send_request(Node, Fun), Label, Ids);
send_request(Node, M, F, A) when ?IS_MFA(Node, M, F, A) -> start(Node, M, F, A);
send_request(_, _, _, _) -> bad().

send_request(Node, M, F, A, Label, Ids) when is_map(Ids) -> reqids_add(send_request(Node, M, F, A), Label, Ids);
send_request(_, _, _, _, _, _) -> bad().

receive_response(Id) -> receive_response(Id, infinity).

receive_response({Res, Monitor} = Id, Timeout) when is_reference(Res), is_reference(Monitor), ?IS_TIMEOUT(Timeout) ->
    result(Id, Timeout, none);
receive_response(_, _) -> bad().

receive_response(Ids, _, _) when map_size(Ids) =:= 0 -> no_request;
receive_response(Ids, Timeout, Delete) when is_map(Ids), is_boolean(Delete), ?IS_TIMEOUT(Timeout) ->
    case next_down(Ids, milliseconds(Timeout)) of
        timeout ->
            [erlang:demonitor(M, [flush]) || M <- maps:keys(Ids)],
            erlang:error({erpc, timeout});
        {Monitor, Outcome} ->
            {{response, Value}, Label, Left} = collected(Monitor, Outcome, Ids, Delete),
            {Value, Label, Left}
    end;
receive_response(_, _, _) -> bad().

wait_response(Id) -> wait_response(Id, 0).

wait_response({Res, Monitor}, Timeout) when is_reference(Res), is_reference(Monitor), ?IS_TIMEOUT(Timeout) ->
    receive
        {'DOWN', Monitor, process, _, Outcome} -> {response, outcome(Res, Outcome)}
    after milliseconds(Timeout) -> no_response
    end;
wait_response(_, _) -> bad().

wait_response(Ids, _, _) when map_size(Ids) =:= 0 -> no_request;
wait_response(Ids, Timeout, Delete) when is_map(Ids), is_boolean(Delete), ?IS_TIMEOUT(Timeout) ->
    case next_down(Ids, milliseconds(Timeout)) of
        timeout -> no_response;
        {Monitor, Outcome} -> collected(Monitor, Outcome, Ids, Delete)
    end;
wait_response(_, _, _) -> bad().

next_down(Ids, Timeout) ->
    receive
        {'DOWN', Monitor, process, _, Outcome} when is_map_key(Monitor, Ids) -> {Monitor, Outcome}
    after Timeout -> timeout
    end.

collected(Monitor, Outcome, Ids, Delete) ->
    #{Monitor := {{Res, _}, Label}} = Ids,
    Left = case Delete of
        true -> maps:remove(Monitor, Ids);
        false -> Ids
    end,
    try {{response, outcome(Res, Outcome)}, Label, Left}
    catch Class:Reason:Stack -> erlang:raise(Class, {Reason, Label, Left}, Stack)
    end.

check_response({'DOWN', Monitor, process, _, Outcome}, {Res, Monitor}) -> {response, outcome(Res, Outcome)};
check_response(_, {Res, Monitor}) when is_reference(Res), is_reference(Monitor) -> no_response;
check_response(_, _) -> bad().

check_response(_, Ids, Delete) when map_size(Ids) =:= 0, is_boolean(Delete) -> no_request;
check_response({'DOWN', Monitor, process, _, Outcome}, Ids, Delete) when is_map_key(Monitor, Ids), is_boolean(Delete) ->
    collected(Monitor, Outcome, Ids, Delete);
check_response(_, Ids, Delete) when is_map(Ids), is_boolean(Delete) -> no_response;
check_response(_, _, _) -> bad().

reqids_new() -> #{}.

reqids_size(Ids) when is_map(Ids) -> map_size(Ids);
reqids_size(_) -> bad().

reqids_add({Res, Monitor} = Id, Label, Ids) when is_reference(Res), is_reference(Monitor), is_map(Ids) ->
    is_map_key(Monitor, Ids) andalso bad(),
    Ids#{Monitor => {Id, Label}};
reqids_add(_, _, _) -> bad().

reqids_to_list(Ids) when is_map(Ids) -> maps:values(Ids);
reqids_to_list(_) -> bad().

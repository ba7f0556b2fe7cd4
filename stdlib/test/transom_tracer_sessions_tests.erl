%% Tests of sessions as such: the listing, the lease, accounts of several processes, patterns of modules that are loaded later, and what a call that waits
%% for its outcome keeps.
-module(transom_tracer_sessions_tests).

-include_lib("eunit/include/eunit.hrl").

-export([f/1, collects/1, swaps/2]).

f(X) -> X + 1.

%% Its arguments are garbage for the function itself when the heap is collected.
collects(List) ->
    N = length(List),
    erlang:garbage_collect(),
    error({counted, N}).

%% Counts down in turn with another process.
swaps(0, _) -> done;
swaps(N, Other) ->
    f(N),
    Other ! {turn, self()},
    receive {turn, From} -> swaps(N - 1, From) end.

wait_until(Holds) ->
    case Holds() of
        true -> ok;
        false -> receive after 5 -> wait_until(Holds) end
    end.

sessions_are_listed_test() ->
    {ok, Session, _} = transom_tracer:run("transom_tracer_sessions_tests:f/1", self(), #{output => none, name => "listed"}),
    Id = element(2, Session),
    ?assertMatch([#{name := <<"listed">>, state := running, bits := 2}], [S || #{id := I} = S <- trace:sessions(), I =:= Id]),
    ?assertEqual([self()], [Owner || #{id := I, owner := Owner} <- trace:sessions(), I =:= Id]),
    {ok, #{bits := 0}} = transom_tracer:stop(Session),
    ?assertEqual([], [S || #{id := I} = S <- trace:sessions(), I =:= Id]).

a_lease_ends_its_session_test_() ->
    {timeout, 60, fun() ->
        {ok, Session, _} = transom_tracer:run("transom_tracer_sessions_tests:f/1", self(), #{output => none, lease => 30}),
        wait_until(fun() -> not is_map(transom_tracer:stats(Session)) orelse map_get(bits, transom_tracer:stats(Session)) =:= 0 end),
        ?assertEqual([], trace:session_info(self())),
        ?assertEqual([], trace:session_info({?MODULE, f, 1}))
    end}.

%% Two processes make calls of one function in turn: each has its own account, whatever scheduler they run on.
accounts_of_processes_that_take_turns_test() ->
    Me = self(),
    Run = fun() -> receive {start, Other, First} -> First andalso (Other ! {turn, self()}), receive {turn, From} -> Me ! {self(), swaps(500, From)} end end end,
    [A, B] = Both = [spawn(Run) || _ <- [1, 2]],
    [1 = erlang:trace(P, true, [call]) || P <- Both],
    1 = erlang:trace_pattern({?MODULE, f, 1}, true, [call_time, call_memory]),
    A ! {start, B, false},
    B ! {start, A, true},
    receive {A, done} -> ok end,
    {call_time, Times} = erlang:trace_info({?MODULE, f, 1}, call_time),
    {call_memory, Words} = erlang:trace_info({?MODULE, f, 1}, call_memory),
    erlang:trace_pattern({?MODULE, f, 1}, false, [call_time, call_memory]),
    exit(B, kill),
    {A, CallsA, _, _} = lists:keyfind(A, 1, Times),
    {B, CallsB, _, _} = lists:keyfind(B, 1, Times),
    ?assertEqual(500, CallsA),
    ?assert(CallsB =:= 499 orelse CallsB =:= 500),
    ?assertMatch({A, 500, Used} when is_integer(Used), lists:keyfind(A, 1, Words)).

%% `on_load' is a pattern for every module loaded from then on.
modules_loaded_later_test() ->
    Name = transom_tracer_sessions_later,
    Forms = [{attribute, 1, module, Name}, {attribute, 1, export, [{g, 0}]}, {function, 1, g, 0, [{clause, 1, [], [], [{atom, 1, here}]}]}],
    {ok, Name, Code} = compile:forms(Forms),
    Me = self(),
    Tracer = spawn(fun() -> receive {trace, _, call, _} = Event -> Me ! Event end end),
    erlang:trace_pattern(on_load, true, [local]),
    {module, Name} = code:load_binary(Name, "later", Code),
    erlang:trace(self(), true, [call, {tracer, Tracer}]),
    here = Name:g(),
    erlang:trace_pattern(on_load, false, [local]),
    erlang:trace(self(), false, [call]),
    ?assertEqual({trace, self(), call, {Name, g, []}}, receive {trace, _, _, _} = Event -> Event end),
    code:purge(Name),
    code:delete(Name).

%% Nothing is copied when the call begins, so its terms must outlive the collections until the end is known.
held_arguments_outlive_collections_test() ->
    Me = self(),
    Reader = spawn(fun() -> read(Me, []) end),
    Worker = spawn(fun() -> receive go -> catch collects(lists:seq(1, 5)), Me ! done, receive stop -> ok end end end),
    {ok, Session, _} = transom_tracer:run(["transom_tracer_sessions_tests:collects -> exception"], Worker, #{output => {process, Reader}}),
    Worker ! go,
    receive done -> ok end,
    {ok, #{shown := 2, held := 0}} = transom_tracer:stop(Session),
    Text = receive {Reader, T} -> T end,
    Worker ! stop,
    [Call, End | _] = string:lexemes(binary_to_list(Text), "\n"),
    ?assertMatch({match, _}, re:run(Call, "collects\\(\\[1,2,3,4,5\\]\\)$")),
    ?assertMatch({match, _}, re:run(End, "collects/1 \\*\\* {error,{counted,5}}")).

read(To, Got) ->
    receive
        {trace_output, Id, Text} -> transom_tracer:ack(Id), read(To, [Text | Got]);
        {trace_ended, _, _} -> To ! {self(), iolist_to_binary(lists:reverse(Got))}
    end.

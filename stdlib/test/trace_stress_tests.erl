%% Tracing under stress: everything traced at once, tracers killed, patterns changed 10,000 times, code reloaded under a trace, thousands of random
%% patterns and specifications. What must hold: no deadlock and no recursion, every matched event shown, suppressed or lost, none twice, no bit left behind.
-module(trace_stress_tests).

-include_lib("eunit/include/eunit.hrl").

-export([f/1, g/1, loop/1, serve/1]).

f(X) -> X.
g(X) -> X.

%% Calls f and g N times each, and says so.
loop(Parent) ->
    receive
        {calls, N} -> calls(N), Parent ! {self(), done}, loop(Parent);
        stop -> ok
    end.

calls(0) -> ok;
calls(N) -> ?MODULE:f(N), ?MODULE:g(N), calls(N - 1).

call(P, N) -> P ! {calls, N}, receive {P, done} -> ok end.

balanced(#{matched := M, shown := S, lost := L, suppressed := By, bits := 0}) -> M =:= S + L + lists:sum(maps:values(By)).

%% Processes that send to each other, spawn, link, use ets and timers, until they are told to stop.
busy(Count) ->
    [spawn(fun() -> chatter(lists:seq(1, 20)) end) || _ <- lists:seq(1, Count)].

chatter(List) ->
    Me = self(),
    Child = spawn_link(fun() -> receive {From, X} -> From ! {answer, lists:sum(X)} end end),
    Child ! {Me, List},
    receive {answer, _} -> ok end,
    erlang:send_after(0, Me, tick),
    receive tick -> ok end,
    _ = lists:map(fun(X) -> X * 2 end, List),
    receive stop -> ok after 0 -> chatter(List) end.

everything_of_all_processes_test_() ->
    {timeout, 60, fun() ->
        Busy = busy(8),
        Flags = [call, send, 'receive', procs, running, garbage_collection, exiting, set_on_spawn],
        {ok, Session} = transom_tracer:start(#{output => none, count => infinity, limit => {1000, 100}}),
        {ok, _} = transom_tracer:pattern(Session, "lists"),
        {ok, Matched} = transom_tracer:processes(Session, all, Flags),
        ?assert(Matched >= 8),
        wait_for(fun() -> maps:get(matched, transom_tracer:stats(Session)) > 10000 end),
        {ok, Stats} = transom_tracer:stop(Session),
        ?assert(balanced(Stats)),
        ?assert(maps:get(matched, Stats) > 10000),
        [P ! stop || P <- Busy]
    end}.

%% The reader of the trace messages is told of everything but itself; its own output is no event.
everything_to_a_process_test_() ->
    {timeout, 60, fun() ->
        Busy = busy(4),
        Tracer = spawn(fun() -> count(0) end),
        N = erlang:trace(all, true, [send, 'receive', procs, call, set_on_spawn, {tracer, Tracer}]),
        ?assert(N >= 4),
        erlang:trace_pattern({lists, '_', '_'}, true, [local]),
        timer:sleep(300),
        erlang:trace(all, false, [all]),
        erlang:trace_pattern({lists, '_', '_'}, false, [local]),
        [P ! stop || P <- Busy],
        Tracer ! {get, self()},
        Count = receive {Tracer, Got} -> Got after 30000 -> error(tracer_is_stuck) end,
        ?assert(Count > 1000),
        ?assertEqual({flags, []}, erlang:trace_info(Tracer, flags)),
        exit(Tracer, kill)
    end}.

count(N) ->
    receive
        {get, From} -> From ! {self(), N}, count(N);
        E when element(1, E) =:= trace -> count(N + 1);
        {drop, _} -> count(N + 1)
    end.

%% A receive that looks at trace messages and takes none has not read them: 64 MB of 32 KB each, then they are dropped and counted.
looked_at_but_not_read_test_() ->
    {timeout, 60, fun() ->
        Tracer = spawn(fun() -> receive read -> read(0) end end),
        Large = lists:seq(1, 2000),
        P = spawn(fun() -> forever(Large) end),
        1 = erlang:trace(P, true, [call, {tracer, Tracer}]),
        1 = erlang:trace_pattern({?MODULE, f, 1}, true, [local]),
        Full = until_it_stays(Tracer, -1),
        ?assert(Full > 1500 andalso Full < 2100),
        Tracer ! read,
        Tracer ! {dropped, self()},
        ?assert(receive {Tracer, Dropped} -> Dropped after 30000 -> error(tracer_is_stuck) end > 0),
        exit(P, kill),
        exit(Tracer, kill)
    end}.

until_it_stays(Pid, Before) ->
    case stays(Pid, Before, 10) of
        true when Before > 0 -> Before;
        _ ->
            {_, Now} = process_info(Pid, message_queue_len),
            until_it_stays(Pid, Now)
    end.

%% Half a second: whoever fills it may have to wait for a processor.
stays(_, _, 0) -> true;
stays(Pid, Length, N) ->
    timer:sleep(50),
    process_info(Pid, message_queue_len) =:= {message_queue_len, Length} andalso stays(Pid, Length, N - 1).

%% Answers once something was dropped.
read(Dropped) ->
    receive
        {drop, N} -> read(Dropped + N);
        {dropped, From} when Dropped > 0 -> From ! {self(), Dropped}, read(Dropped);
        E when element(1, E) =:= trace -> read(Dropped)
    end.

forever(Term) -> ?MODULE:f(Term), forever(Term).

%% 200 tracers are killed while they get events: each time nothing of theirs stays.
tracers_killed_test_() ->
    {timeout, 60, fun() ->
        P = spawn(fun() -> forever() end),
        [begin
             Tracer = spawn(fun() -> receive never -> ok end end),
             1 = erlang:trace(P, true, [call, {tracer, Tracer}]),
             1 = erlang:trace_pattern({?MODULE, f, 1}, true, [local]),
             N rem 3 =:= 0 andalso timer:sleep(1),
             exit(Tracer, kill),
             wait_for(fun() -> erlang:trace_info(P, flags) =:= {flags, []} end),
             wait_for(fun() -> erlang:trace_info({?MODULE, f, 1}, traced) =:= {traced, false} end)
         end || N <- lists:seq(1, 200)],
        exit(P, kill)
    end}.

forever() -> ?MODULE:f(1), forever().

wait_for(Test) -> Test() orelse begin timer:sleep(1), wait_for(Test) end.

%% A server that calls itself for ever may be traced for its returns and exceptions for as long as it lives: on `erl' its stack grows by three words a call.
tail_calls_cost_no_stack_test_() ->
    {timeout, 60, fun() ->
        [begin
             P = spawn(?MODULE, serve, [0]),
             Tracer = spawn(fun() -> sink() end),
             1 = erlang:trace_pattern({?MODULE, serve, 1}, [{'_', [], [{Action}]}], [local]),
             1 = erlang:trace(P, true, [call, {tracer, Tracer}]),
             served(P, 10),
             {stack_size, Before} = process_info(P, stack_size),
             served(P, 20000),
             ?assertEqual({stack_size, Before}, process_info(P, stack_size)),
             ?assert(element(2, process_info(P, total_heap_size)) < 10000),
             exit(P, kill),
             exit(Tracer, kill),
             erlang:trace_pattern({?MODULE, serve, 1}, false, [local])
         end || Action <- [return_trace, exception_trace]]
    end}.

serve(N) -> receive {next, From} -> From ! {self(), N}, serve(N + 1) end.
served(P, N) -> [begin P ! {next, self()}, receive {P, _} -> ok end end || _ <- lists:seq(1, N)].

%% Patterns on g are set, changed and removed 10,000 times while the process calls f and g. Every call of f is there, once.
patterns_changed_under_load_test_() ->
    {timeout, 120, fun() ->
        P = spawn(?MODULE, loop, [self()]),
        {ok, S1, _} = transom_tracer:run(["trace_stress_tests:f/1"], P, #{output => none, count => infinity, limit => {50, 10}}),
        S2 = trace:session_create(other, spawn(fun() -> sink() end), []),
        1 = trace:process(S2, P, true, [call]),
        Changer = spawn(fun() -> receive go -> change(S2, 10000) end end),
        Monitor = monitor(process, Changer),
        Changer ! go,
        Calls = call_until(P, Monitor, 0),
        {ok, Stats} = transom_tracer:stop(S1),
        ?assert(balanced(Stats)),
        ?assertEqual(Calls, maps:get(matched, Stats)),
        trace:session_destroy(S2),
        P ! stop
    end}.

sink() -> receive _ -> sink() end.

change(_, 0) -> ok;
change(S, N) ->
    Spec = case N rem 4 of 0 -> false; 1 -> true; 2 -> [{['$1'], [{'>', '$1', N}], [{return_trace}]}]; 3 -> [{'_', [], [{exception_trace}, {message, {caller}}]}] end,
    1 = trace:function(S, {?MODULE, g, 1}, Spec, [local]),
    change(S, N - 1).

call_until(P, Monitor, N) ->
    call(P, 1000),
    receive {'DOWN', Monitor, _, _, normal} -> N + 1000; {'DOWN', Monitor, _, _, Reason} -> error(Reason) after 0 -> call_until(P, Monitor, N + 1000) end.

%% The pattern of f itself comes and goes: no call is counted twice, and what was matched adds up.
one_pattern_set_again_and_again_test_() ->
    {timeout, 60, fun() ->
        P = spawn(?MODULE, loop, [self()]),
        {ok, Session} = transom_tracer:start(#{output => none, count => infinity, limit => {50, 10}}),
        {ok, _} = transom_tracer:processes(Session, P, [call]),
        [begin
             {ok, _} = transom_tracer:pattern(Session, "trace_stress_tests:f/1"),
             call(P, 100)
         end || _ <- lists:seq(1, 500)],
        {ok, Stats} = transom_tracer:stop(Session),
        ?assert(balanced(Stats)),
        ?assertEqual(500 * 100, maps:get(matched, Stats)),
        P ! stop
    end}.

%% A traced module is loaded 100 times while its functions are called: each call is an event, once.
reload_under_trace_test_() ->
    {timeout, 120, fun() ->
        Source = "-module(trace_stress_reloaded). -export([f/1, loop/2]). f(X) -> X. "
                 "loop(0, P) -> P ! {self(), done}; loop(N, P) -> f(N), trace_stress_reloaded:loop(N - 1, P).",
        {ok, _, Code} = compile:forms(forms(Source), [binary]),
        {module, M} = code:load_binary(trace_stress_reloaded, "trace_stress_reloaded.erl", Code),
        Self = self(),
        P = spawn(fun() -> receive go -> M:loop(3000000, Self) end end),
        {ok, Session, _} = transom_tracer:run(["trace_stress_reloaded:f/1"], P, #{output => none, count => infinity, limit => {50, 10}}),
        P ! go,
        Loads = reload(P, M, Code, 0),
        {ok, Stats} = transom_tracer:stop(Session),
        ?assert(Loads > 5),
        ?assert(balanced(Stats)),
        ?assertEqual(3000000, maps:get(matched, Stats)),
        code:purge(M), code:delete(M), code:purge(M)
    end}.

reload(P, M, Code, N) ->
    code:soft_purge(M) andalso N < 100 andalso begin {module, M} = code:load_binary(M, "trace_stress_reloaded.erl", Code) end,
    receive {P, done} -> N after 1 -> reload(P, M, Code, N + 1) end.

forms(Source) ->
    {ok, Tokens, _} = erl_scan:string(Source),
    [begin {ok, Form} = erl_parse:parse_form(F), Form end || F <- split(Tokens, [], [])].

split([], _, Acc) -> lists:reverse(Acc);
split([{dot, _} = Dot | Rest], Form, Acc) -> split(Rest, [], [lists:reverse(Form, [Dot]) | Acc]);
split([T | Rest], Form, Acc) -> split(Rest, [T | Form], Acc).

%% 20,000 texts made of pieces of patterns: each is taken or refused with a place.
random_patterns_test_() ->
    {timeout, 120, fun() ->
        rand:seed(exsss, {7, 8, 9}),
        {ok, Session} = transom_tracer:start(#{output => none}),
        Results = [transom_tracer:pattern(Session, random_text()) || _ <- lists:seq(1, 20000)],
        Refused = length([R || {error, R} <- Results]),
        Taken = length([ok || {ok, _} <- Results]),
        ?assertEqual(20000, Refused + Taken),
        ?assert(Refused > 1000),
        transom_tracer:stop(Session)
    end}.

random_text() -> lists:flatten([piece() || _ <- lists:seq(1, rand:uniform(8))]).

piece() ->
    Pieces = {"no_module", ":", "f", "/2", "(", ")", "X", "_", ",", " when ", " -> ", "return", "stack", "time", "[", "]", "{", "}", "#{", "k=>", "\"ab\"", "++",
              "1", "-3", "$c", "16#ff", "is_atom(X)", "X > 1", ";", "andalso", "'q u'", "<<1>>", "duration > 5ms", "exception", "m#r{a=1}", [0], [16#10ffff], "'", "\""},
    element(rand:uniform(tuple_size(Pieces)), Pieces).

%% 20,000 random terms as specifications: a number or badarg.
random_specifications_test_() ->
    {timeout, 120, fun() ->
        rand:seed(exsss, {4, 5, 6}),
        Results = [try erlang:trace_pattern({?MODULE, g, 1}, random_spec(), [local]) catch error:badarg -> badarg end || _ <- lists:seq(1, 20000)],
        ?assertEqual([1, badarg], lists:usort(Results)),
        erlang:trace_pattern({?MODULE, g, 1}, false, [local])
    end}.

random_spec() ->
    case rand:uniform(10) of
        1 -> term(2);
        _ -> [random_clause() || _ <- lists:seq(1, rand:uniform(3))]
    end.

random_clause() ->
    case rand:uniform(12) of
        1 -> term(3);
        _ -> {random_head(), [expression(3) || _ <- lists:seq(1, rand:uniform(3) - 1)], [expression(2) || _ <- lists:seq(1, rand:uniform(3) - 1)]}
    end.

random_head() -> element(rand:uniform(4), {'_', '$1', ['$1'], [term(2)]}).

expression(0) -> term(0);
expression(Depth) ->
    Names = {'+', '-', element, hd, is_atom, 'andalso', 'orelse', 'and', 'not', '=:=', '>', self, message, return_trace, caller, const, map_get, size, nonsense, set_tcw, silent},
    case rand:uniform(4) of
        1 -> term(Depth - 1);
        _ -> list_to_tuple([element(rand:uniform(tuple_size(Names)), Names) | [expression(Depth - 1) || _ <- lists:seq(1, rand:uniform(3) - 1)]])
    end.

term(0) -> element(rand:uniform(9), {'$1', '$_', '$$', '_', true, 17, "ab", <<1, 2>>, 1.5});
term(Depth) ->
    case rand:uniform(4) of
        1 -> [term(Depth - 1) || _ <- lists:seq(1, rand:uniform(3))];
        2 -> {{term(Depth - 1), term(Depth - 1)}};
        3 -> #{term(Depth - 1) => term(Depth - 1)};
        4 -> term(0)
    end.

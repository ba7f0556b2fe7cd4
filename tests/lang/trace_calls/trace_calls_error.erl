%% trace_calls: error.
-module(trace_calls_error).
-export([start/0, f/1, g/2, boom/1, outer/1, middle/1, inner/1, loop/1, server/0]).

start() ->
    show(fun() -> erlang:trace_pattern({?MODULE, '_', 1}, true, [local]) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern({?MODULE, f, 1}, [{nonsense}], [local]) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern({?MODULE, f, 1}, [{'_', [], [{nosuch}]}], [local]) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern({?MODULE, f, 1}, [{['$1'], [{'>', '$2', 1}], []}], [local]) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern({?MODULE, f, 1}, true, [local, global]) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern({?MODULE, f, 1}, true, [zork]) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern(f, true, [local]) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern({?MODULE, nosuch, 1}, true, [local]) end),  % expect: 0
    show(fun() -> erlang:trace_pattern({no_such_module, f, 1}, true, [local]) end),  % expect: 0
    show(fun() -> erlang:trace_pattern(send, [{'_', [], [{caller}]}], []) end),  % expect: error badarg
    show(fun() -> erlang:trace(self(), 'maybe', [call]) end),  % expect: error badarg
    show(fun() -> erlang:trace(self(), true, [zork]) end),  % expect: error badarg
    show(fun() -> erlang:trace(self(), true, [call]) end),  % expect: 1
    show(fun() -> erlang:trace(pid, true, [call]) end),  % expect: error badarg
    show(fun() -> erlang:trace_info({?MODULE, nosuch, 3}, all) end),  % expect: {all,undefined}
    show(fun() -> erlang:trace_info(self(), zork) end),  % expect: error badarg
    show(fun() -> erlang:match_spec_test([1, 2], [{['$1', '$2'], [], [{message, '$1'}]}], trace) end).  % expect: {ok,1,[],[]}

f(X) -> g(X, 1) + 1.
g(X, Y) -> X + Y.
boom(X) -> error({bad, X}).
outer(X) -> middle(X) + 1.
middle(X) -> inner(X) + 1.
inner(X) -> X.
loop(0) -> done;
loop(N) -> loop(N - 1).
server() -> receive stop -> ok; {From, X} -> From ! X, server() end.

norm(T, Names) when is_pid(T) -> proplists:get_value(T, Names, pid);
norm(T, _) when is_reference(T) -> ref;
norm(T, _) when is_function(T) -> a_fun;
norm(T, Names) when is_tuple(T) -> list_to_tuple([norm(E, Names) || E <- tuple_to_list(T)]);
norm([H | T], Names) -> [norm(H, Names) | norm(T, Names)];
norm(T, _) -> T.

drain(Names) -> receive M -> [norm(M, Names) | drain(Names)] after 0 -> [] end.

%% The events of a process that runs Fun, as trace messages with names for pids.
events(Flags, Patterns, Fun) ->
    Me = self(),
    P = spawn(fun() -> Me ! up, receive go -> ok end, Fun(), Me ! {self(), finished}, receive never -> ok end end),
    receive up -> ok end,
    [erlang:trace_pattern(M, S, F) || {M, S, F} <- Patterns],
    erlang:trace(P, true, Flags),
    P ! go,
    receive {P, finished} -> ok end,
    Ref = erlang:trace_delivered(all),
    receive {trace_delivered, all, Ref} -> ok end,
    erlang:trace(all, false, [all]),
    [erlang:trace_pattern({'_', '_', '_'}, false, [Kind]) || Kind <- [local, global, meta]],
    [erlang:trace_pattern(Event, true, []) || Event <- [send, 'receive']],
    exit(P, kill),
    [E || E <- drain([{P, p}, {Me, me}]), not finished(E)].

finished({trace, p, send, {p, finished}, me}) -> true;
finished({trace, p, 'receive', go}) -> true;
finished(_) -> false.

show(F) ->
    try F() of
        V -> io:format("~w~n", [V])
    catch
        C:R -> io:format("~w ~w~n", [C, R])
    end.

%% How the tests of match specifications ask what they make of calls and messages.
-include("named.hrl").

f(X) -> X.
g(X, _) -> X.
outer(X) -> Y = f(X), [Y].

%% What `{message, Expression}' says for a call of f/1 with Arg.
said(Expression, Arg) ->
    case catch calls({?MODULE, f, 1}, [{['$1'], [], [{message, Expression}]}], fun() -> f(Arg) end) of
        [[call, _, Said]] -> plain(Said);
        [[call, _]] -> true;
        [] -> false;
        {'EXIT', {badarg, _}} -> refused
    end.

%% The same for g/2.
said2(Head, Expression, [A, B]) ->
    case catch calls({?MODULE, g, 2}, [{Head, [], [{message, Expression}]}], fun() -> g(A, B) end) of
        [[call, _, Said]] -> plain(Said);
        [[call, _]] -> true;
        [] -> no;
        {'EXIT', {badarg, _}} -> refused
    end.

%% Which calls of g/2 are told, and what is said.
clauses(Spec, Calls) ->
    [case Event of [call, {_, _, Args}] -> Args; [call, {_, _, Args}, Said] -> {Args, Said} end
     || Event <- calls({?MODULE, g, 2}, Spec, fun() -> [g(A, B) || [A, B] <- Calls] end)].

%% Everything that is told of two calls of f/1, each between sends, while the body of the specification is this.
actions(Body) ->
    plain(calls({?MODULE, f, 1}, [{'_', [], Body}], fun() -> outer(1), self() ! x, outer(2), self() ! y, seq_trace:set_token([]) end)).

%% The same for a call that raises.
raising(Body) -> plain(calls({erlang, hd, 1}, [{'_', [], Body}], fun() -> catch erlang:hd(id([])), ok end)).

id(X) -> X.

%% What is told of messages of a process to itself.
messages(Event, Spec) ->
    P = worker(fun() -> self() ! {m, 1}, self() ! {m, 2}, receive {m, 2} -> ok end end),
    1 = erlang:trace_pattern(Event, Spec, []),
    1 = erlang:trace(P, true, [Event]),
    Told = told(P, fun() -> erlang:trace_pattern(Event, true, []) end),
    plain([E || E <- Told, hd(tl(E)) =/= go, not is_done(E)]).

is_done([send, done | _]) -> true;
is_done(_) -> false.

calls(What, Spec, Fun) ->
    1 = erlang:trace_pattern(What, Spec, [local]),
    P = worker(Fun),
    1 = erlang:trace(P, true, [call]),
    [E || E <- told(P, fun() -> erlang:trace_pattern(What, false, [local]) end), not is_done(E)].

worker(Fun) ->
    Me = self(),
    spawn(fun() -> receive go -> ok end, Fun(), Me ! done, receive never -> ok end end).

told(P, Clear) ->
    P ! go,
    receive done -> ok end,
    Ref = erlang:trace_delivered(P),
    receive {trace_delivered, P, Ref} -> ok end,
    erlang:trace(P, false, [all]),
    Clear(),
    exit(P, kill),
    events(P).

events(P) -> receive E when element(1, E) =:= trace, element(2, E) =:= P -> [tl(tl(tuple_to_list(E))) | events(P)] after 0 -> [] end.

refused(What, Spec) ->
    Flags = [local || is_tuple(What)],
    try erlang:trace_pattern(What, Spec, Flags) of
        N -> erlang:trace_pattern(What, case What of {_, _, _} -> false; _ -> true end, Flags), N
    catch
        error:badarg -> badarg
    end.

plain(T) -> norm(T, []).

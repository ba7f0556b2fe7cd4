%% The behaviour of those who report in their own way: eunit:test(Tests, [{report, {Module, Options}}]) calls Module:start(Options), which
%% calls start/2 here.
%%
%% Data of groups: id, desc (a binary or undefined), spawn, order; at the end size (entries), time (milliseconds), output. Data of tests: id, desc,
%% source ({M, F, A}), line; at the end status (ok or {error, {Class, Reason, Stack}}), time, output. Of what is cancelled: reason.
%% An id is the list of the numbers of the groups around it and its own.
-module(eunit_listener).
-export([start/1, start/2]).

-type data() :: proplists:proplist().
-callback init(Options :: list()) -> State :: term().
-callback handle_begin(group | test, data(), State :: term()) -> NewState :: term().
-callback handle_end(group | test, data(), State :: term()) -> NewState :: term().
-callback handle_cancel(group | test, data(), State :: term()) -> NewState :: term().
-callback terminate({ok, [{pass | fail | skip | cancel, non_neg_integer()}]} | {error, term()}, State :: term()) -> term().
-callback start() -> pid().
-callback start(Options :: list()) -> pid().
-optional_callbacks([start/0, start/1]).

%% open: the groups that are under way, the innermost first.
-record(st, {module, state, open = [], pass = 0, fail = 0, cancel = 0}).

start(Module) -> start(Module, []).

%% A listener that fails takes nobody with it; it ends with whom it reports to.
start(Module, Options) ->
    Caller = self(),
    spawn(fun() ->
        _ = monitor(process, Caller),
        loop(#st{module = Module, state = Module:init(Options)})
    end).

loop(St) ->
    receive
        {event, From, Ref, Event} ->
            New = handle(Event, St),
            From ! {Ref, done},
            loop(New);
        {stop, From, Ref} ->
            Closed = close_all(St),
            _ = (Closed#st.module):terminate({ok, counts(Closed)}, Closed#st.state),
            From ! {Ref, result(Closed)};
        {'DOWN', _, process, _, _} -> ok
    end.

counts(#st{pass = Pass, fail = Fail, cancel = Cancel}) -> [{pass, Pass}, {fail, Fail}, {skip, 0}, {cancel, Cancel}].

result(#st{fail = 0, cancel = 0}) -> ok;
result(_) -> error.

handle({group_begin, G}, St0) ->
    St = close(outer(G), St0),
    call(handle_begin, group, group(G, []), St#st{open = [G | St#st.open]});
handle({group_end, #{id := Id} = G, Millis, Size}, St) ->
    case lists:any(fun(#{id := Open}) -> Open =:= Id end, St#st.open) of
        true ->
            #st{open = [_ | Open]} = Closed = close(Id, St),
            call(handle_end, group, group(G, [{size, Size}]) ++ [{time, Millis}, {output, []}], Closed#st{open = Open});
        %% It was cancelled before its end.
        false -> St
    end;
handle({test_begin, T}, St) -> call(handle_begin, test, test(T, []), close(outer(T), St));
handle({test_end, T, Result, Millis, Output}, St) ->
    Data = test(T, [{status, status(Result)}]) ++ [{time, Millis}, {output, [Output]}],
    call(handle_end, test, Data, counted(Result, St));
handle({cancel, #{location := _} = T, Why}, St) ->
    cancelled(test, test(T, [{reason, reason(Why)}]), St);
handle({cancel, #{id := Id} = What, Why}, St0) ->
    #st{open = Open} = St = close(Id, St0),
    {G, Left} = case Open of [#{id := Id} = Begun | Others] -> {Begun, Others}; _ -> {What, Open} end,
    cancelled(group, group(G, [{reason, reason(Why)}]), St#st{open = Left}).

counted(ok, St) -> St#st{pass = St#st.pass + 1};
counted(_, St) -> St#st{fail = St#st.fail + 1}.

cancelled(What, Data, St) -> call(handle_cancel, What, Data, St#st{cancel = St#st.cancel + 1}).

call(Function, What, Data, #st{module = Module, state = State} = St) -> St#st{state = Module:Function(What, Data, State)}.

%% Groups whose process ended before they did are cancelled: all that are neither Id nor around it.
close(Id, #st{open = [#{id := Inner} | _]} = St) ->
    case lists:prefix(Inner, Id) of
        true -> St;
        false -> close(Id, close_one(St))
    end;
close(_, St) -> St.

close_all(#st{open = []} = St) -> St;
close_all(St) -> close_all(close_one(St)).

close_one(#st{open = [G | Open]} = St) ->
    cancelled(group, group(G, [{reason, undefined}]), St#st{open = Open}).

outer(#{id := []}) -> [];
outer(#{id := Id}) -> lists:droplast(Id).

%% With More of it behind the id.
group(#{id := Id} = G, More) -> [{id, Id} | More] ++ [{desc, desc(G)}, {spawn, spawned(G)}, {order, order(G)}].

test(#{id := Id, location := Location, line := Line} = T, More) -> [{id, Id} | More] ++ [{desc, desc(T)}, {source, Location}, {line, Line}].

desc(#{desc := Text}) when is_list(Text) -> unicode:characters_to_binary(Text);
desc(#{desc := Text}) when is_binary(Text) -> Text;
desc(_) -> undefined.

spawned(#{spawn := local}) -> local;
spawned(_) -> undefined.

order(#{order := default}) -> undefined;
order(#{order := inparallel}) -> {inparallel, 0};
order(#{order := Order}) -> Order;
order(_) -> undefined.

status(ok) -> ok;
status({failed, Class, Reason, Stack}) -> {error, {Class, Reason, Stack}}.

reason({Timeout, {current_stacktrace, Stack}}) when Timeout =:= timeout; Timeout =:= group_timeout -> {timeout, #{stacktrace => Stack}};
reason({Timeout, undefined}) when Timeout =:= timeout; Timeout =:= group_timeout -> {timeout, #{stacktrace => []}};
reason({exit, Reason}) -> {exit, Reason};
reason({bad, Reason, _}) -> {abort, Reason};
reason(Abort) -> {abort, Abort}.

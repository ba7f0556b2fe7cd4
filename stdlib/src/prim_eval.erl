%% prim_eval: a receive whose clauses are a fun, for evaluated code.
%%
%% The messages are looked at in order and stay in the queue until the fun says otherwise; one that it wants is taken by an ordinary receive. A time-out is a timer's message, which
%% is taken out again however the receive ends.
-module(prim_eval).

-export(['receive'/2]).

%% What Fun answers for the first message for which that is not `nomatch', or `timeout'.
-spec 'receive'(fun((term()) -> nomatch | Found), timeout()) -> Found | timeout.
'receive'(Fun, infinity) -> scan(Fun, 0, none);
'receive'(Fun, 0) -> scan(Fun, 0, now);
'receive'(Fun, Time) when is_integer(Time), Time > 0 ->
    Timer = erlang:start_timer(Time, self(), ?MODULE),
    try scan(Fun, 0, Timer)
    after
        _ = erlang:cancel_timer(Timer),
        receive {timeout, Timer, ?MODULE} -> ok after 0 -> ok end
    end;
'receive'(_, _) -> error(timeout_value).

%% Known messages were shown to the fun before and left.
scan(Fun, Known, Timer) ->
    {messages, Messages} = process_info(self(), messages),
    case first(Fun, lists:nthtail(Known, Messages), Timer) of
        {take, Message, Found} -> receive Taken when Taken =:= Message -> Found end;
        timeout -> timeout;
        none when Timer =:= now -> timeout;
        none ->
            Now = length(Messages),
            true = erts_internal:await_message(Now),
            scan(Fun, Now, Timer)
    end.

first(_, [], _) -> none;
first(_, [{timeout, Timer, ?MODULE} | _], Timer) -> timeout;
first(Fun, [Message | Rest], Timer) ->
    case Fun(Message) of
        nomatch -> first(Fun, Rest, Timer);
        Found -> {take, Message, Found}
    end.

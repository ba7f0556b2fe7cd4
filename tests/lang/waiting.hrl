%% Goes on when the process has got to where it waits for a message.
waiting(P) ->
    case process_info(P, [status, message_queue_len]) of
        [{status, waiting}, {message_queue_len, 0}] -> P;
        [_, _] -> erlang:yield(), waiting(P)
    end.

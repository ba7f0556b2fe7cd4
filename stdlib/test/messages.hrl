%% What comes to a test.

%% Messages until `Count` have come or there is no hope.
take(0) -> [];
take(Count) ->
    receive Message -> [Message | take(Count - 1)]
    after 30000 -> []
    end.

%% A message that should not come, or that none did.
nothing() ->
    receive Message -> Message
    after 30 -> nothing
    end.

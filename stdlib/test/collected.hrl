%% Text that a function prints, as a string.
-export([device/1]).

%% Fun gets a device; answers what it answered and what was printed there.
collected(Fun) ->
    Device = spawn(fun() -> device([]) end),
    Answer = Fun(Device),
    Device ! {self(), collect},
    receive {Device, Text} -> {Answer, unicode:characters_to_list(Text)} end.

device(Text) ->
    receive
        {io_request, From, Ref, {put_chars, _, M, F, A}} -> From ! {io_reply, Ref, ok}, ?MODULE:device([Text, apply(M, F, A)]);
        {io_request, From, Ref, {put_chars, _, Chars}} -> From ! {io_reply, Ref, ok}, ?MODULE:device([Text, Chars]);
        {io_request, From, Ref, _} -> From ! {io_reply, Ref, {error, enotsup}}, ?MODULE:device(Text);
        {From, collect} -> From ! {self(), Text}
    end.

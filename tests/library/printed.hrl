%% What a function prints through its group leader, with its answer: {Answer, Text}. A leader that is asked for input says that there is none.
-compile([nowarn_unused_function]).

printed(F) ->
    Leader = spawn_link(fun() -> printing_leader([]) end),
    Me = self(),
    {_, M} = spawn_monitor(fun() ->
        group_leader(Leader, self()),
        Answer = try F() catch C:R -> {C, R} end,
        Me ! {answer, Answer}
    end),
    receive {'DOWN', M, _, _, Why} -> Why end,
    Leader ! {self(), text},
    Text = receive {text, T} -> T end,
    receive {answer, Answer} -> {plain(Answer), Text} after 0 -> {{exit, plain(Why)}, Text} end.

%% What this process writes to standard output while F runs.
output(F) ->
    Old = group_leader(),
    Leader = spawn_link(fun() -> printing_leader([]) end),
    group_leader(Leader, self()),
    try F() after group_leader(Old, self()) end,
    Leader ! {self(), text},
    receive {text, T} -> T end.

%% What F answers; what it prints is thrown away.
quietly(F) ->
    {Answer, _} = printed(F),
    Answer.

printing_leader(Acc) ->
    receive
        {io_request, From, Ref, Request} ->
            {Reply, Text} = printing_reply(Request),
            From ! {io_reply, Ref, Reply},
            printing_leader([Acc, Text]);
        {From, text} -> From ! {text, lists:flatten(Acc)}
    end.

printing_reply({put_chars, E, M, F, A}) -> {ok, unicode:characters_to_list(apply(M, F, A), E)};
printing_reply({put_chars, E, C}) -> {ok, unicode:characters_to_list(C, E)};
printing_reply({requests, Rs}) ->
    Replies = [printing_reply(R) || R <- Rs],
    {ok, [Text || {_, Text} <- Replies]};
printing_reply({get_line, _, _}) -> {eof, ""};
printing_reply({get_line, _}) -> {eof, ""};
printing_reply({get_until, _, _, _, _, _}) -> {eof, ""};
printing_reply(getopts) -> {[{encoding, unicode}], ""};
printing_reply(_) -> {{error, enotsup}, ""}.

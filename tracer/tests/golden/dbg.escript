#!/usr/bin/env escript
-mode(compile).
%% Records how the default handler of `dbg` shows trace messages: `escript dbg.escript > dbg.txt`. One line a case: the
%% message as base64 of its external term format, a space, the text with `\` and line breaks escaped.
main(_) ->
    io:setopts([{encoding, unicode}]),
    rand:seed(exsss, {4, 5, 6}),
    lists:foreach(fun ask/1, [message(N) || N <- lists:seq(1, 1500)]).

ask(Message) ->
    Parent = self(),
    Device = spawn(fun() -> device([]) end),
    {Pid, Ref} = spawn_monitor(fun() -> group_leader(Device, self()), dbg:dhandler(Message, standard_io) end),
    receive {'DOWN', Ref, process, Pid, _} -> ok end,
    Device ! {get, Parent},
    Text = receive {text, T} -> unicode:characters_to_list(T) end,
    Bytes = base64:encode(term_to_binary(Message, [{minor_version, 2}])),
    Escaped = lists:flatmap(fun($\n) -> "\\n"; ($\\) -> "\\\\"; (C) -> [C] end, Text),
    (byte_size(Bytes) + length(Escaped) < 500) andalso io:format("~s ~ts~n", [Bytes, Escaped]).

device(Acc) ->
    receive
        {get, Parent} -> Parent ! {text, lists:reverse(Acc)};
        {io_request, From, As, getopts} -> From ! {io_reply, As, [{encoding, unicode}]}, device(Acc);
        {io_request, From, As, {put_chars, _, Chars}} -> From ! {io_reply, As, ok}, device([Chars | Acc]);
        {io_request, From, As, {put_chars, _, M, F, A}} -> From ! {io_reply, As, ok}, device([apply(M, F, A) | Acc])
    end.

message(N) ->
    Body = body(N rem 21),
    case rand:uniform(4) of
        1 -> list_to_tuple([trace_ts, self() | Body] ++ [stamp(rand:uniform(3))]);
        _ -> list_to_tuple([trace, self() | Body])
    end.

stamp(1) -> {1795, 409189, rand:uniform(999999)};
stamp(2) -> -576460748343949942 + rand:uniform(1000000);
stamp(3) -> {-576460748093205493, -576460752303423488 + rand:uniform(1000)}.

body(0) -> [call, {tt, f, terms()}];
body(1) -> [call, {'Odd mod', 'fün', terms()}];
body(2) -> [call, {tt, f, 3}];
body(3) -> [call, {tt, f, terms()}, term(2)];
body(4) -> [return_from, {tt, f, 2}, term(3)];
body(5) -> [exception_from, {tt, f, 2}, {error, term(2)}];
body(6) -> [return_to, {tt, f, 2}];
body(7) -> [send, term(3), self()];
body(8) -> [send, term(2), a_registered_name];
body(9) -> ['receive', term(3)];
body(10) -> [spawn, self(), {tt, f, terms()}];
body(11) -> [spawned, self(), {tt, f, terms()}];
body(12) -> [exit, term(3)];
body(13) -> [link, self()];
body(14) -> [getting_unlinked, self()];
body(15) -> [register, a_name];
body(16) -> [in, {tt, f, 2}];
body(17) -> [out, 0];
body(18) -> [gc_minor_start, [{wordsize, 0}, {old_heap_block_size, rand:uniform(1000)}, {heap_block_size, 233}, {mbuf_size, 0},
                              {recent_size, 0}, {stack_size, 5}]];
body(19) -> [send_to_non_existing_process, term(1), self()];
body(20) -> [return_from, {tt, long_name_of_a_function, 2}, lists:seq(1000, 1000 + rand:uniform(40))].

terms() -> [term(2) || _ <- lists:seq(1, rand:uniform(4) - 1)].

term(0) ->
    lists:nth(rand:uniform(12), [a, 'An Atom', "text", "héllo", <<"abc">>, <<1, 2, 200>>, <<"é"/utf8>>, 1.5, -7, [], {}, self()]);
term(D) ->
    case rand:uniform(5) of
        1 -> term(0);
        2 -> [term(D - 1) || _ <- lists:seq(1, rand:uniform(6))];
        3 -> list_to_tuple([term(D - 1) || _ <- lists:seq(1, rand:uniform(5))]);
        4 -> maps:from_list([{term(0), term(D - 1)} || _ <- lists:seq(1, rand:uniform(4))]);
        5 -> {request, term(D - 1), [{key, term(D - 1)}, {other, term(0)}]}
    end.

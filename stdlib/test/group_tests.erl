-module(group_tests).
-include_lib("eunit/include/eunit.hrl").

%% Standard error can be written and not read.
a_device_without_input_refuses_reads_test() ->
    S = group:request(self(), tag, {get_line, unicode, ""}, group:new({fd, 2})),
    ?assertEqual({error, {request, {get_line, unicode, ""}}}, answer()),
    group:request(self(), tag, nonsense, S),
    ?assertEqual({error, {request, nonsense}}, answer()),
    group:request(self(), tag, nonsense, group:new({fd, 1})),
    ?assertEqual({error, request}, answer()).

%% Input in pieces, cut within a character and within a line.
lines_come_from_pieces_test() ->
    S0 = group:request(self(), tag, {get_line, unicode, ''}, group:new({fd, 1})),
    Me = self(),
    receive {want_input, Me} -> ok end,
    <<First:4/binary, Rest/binary>> = <<"grün\r\nleft"/utf8>>,
    S1 = group:input({ok, First}, S0),
    receive {io_reply, _, Early} -> error({early, Early}) after 0 -> ok end,
    S2 = group:input({ok, Rest}, S1),
    ?assertEqual([$g, $r, 252, $n, $\n], answer()),
    S3 = group:request(self(), tag, {get_chars, unicode, '', 2}, S2),
    ?assertEqual("le", answer()),
    S4 = group:request(self(), tag, {get_line, unicode, ''}, S3),
    S5 = group:input(eof, S4),
    ?assertEqual("ft", answer()),
    _ = S5.

options_are_kept_test() ->
    S = group:request(self(), tag, {setopts, [binary, {encoding, latin1}]}, group:new({fd, 1})),
    ?assertEqual(ok, answer()),
    group:request(self(), tag, getopts, S),
    Opts = answer(),
    ?assertEqual({binary, true}, lists:keyfind(binary, 1, Opts)),
    ?assertEqual({encoding, latin1}, lists:keyfind(encoding, 1, Opts)).

answer() ->
    receive {io_reply, tag, A} -> A after 30000 -> none end.

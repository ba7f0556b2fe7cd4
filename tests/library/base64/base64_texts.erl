%% Bytes to text and back at every length, and text that is none.
-module(base64_texts).
-include("../properties.hrl").

start() ->
    show(fun() -> forall(200, fun round_trip/0) end),  % expect: {passed,200}
    show(fun() -> digest(fun() -> [base64:encode(bytes(N)) || N <- lists:seq(0, 40)] end) end),  % expect: [13611173,66507442,39377069,62653281,9159946]
    show(fun() -> digest(fun() -> [answer(text()) || _ <- lists:seq(1, 300)] end) end),  % expect: [33443541,92692906,83336493,28861218,15996046]
    show(fun() -> B = binary:copy(<<"All bytes: ", 0, 255, 128>>, 20000), base64:decode(base64:encode(B)) =:= B end),  % expect: true
    show(fun() -> [base64:decode(T) || T <- ["", "QQ==", "QUI=", "QUJD", "QQ= =", " Q\tQ\r\n==", "QR=="]] end),  % expect: [<<>>,<<"A">>,<<"AB">>,<<"ABC">>,<<"A">>,<<"A">>,<<"A">>]
    show(fun() -> [base64:mime_decode(T) || T <- ["/a=", "Q Q ="]] end),  % expect: [<<"ý">>,<<"A">>]
    show(fun() -> [answer(T) || T <- ["QUJD=", "Q", "QU-D", "====", "QQ="]] end),  % expect: [none,none,none,none,none]
    show(fun() -> base64:encode(<<1:7>>) end),  % expect: error function_clause
    show(fun() -> base64:encode([256]) end).  % expect: error badarg

bytes(N) -> << <<(below(256))>> || _ <- lists:seq(1, N) >>.

round_trip() ->
    B = bytes(below(100)),
    base64:decode(base64:encode(B)) =:= B andalso base64:mime_decode(base64:encode(B)) =:= B
        andalso base64:decode_to_string(base64:encode_to_string(binary_to_list(B))) =:= binary_to_list(B).

%% Mostly digits, now and then something else.
text() -> list(12, fun() -> one_of("ABCDabcd0189+/ABCDabcd0189ABCDabcd=\n") end).

answer(T) -> try base64:decode(T) catch error:_ -> none end.

digest(F) -> [begin rand:seed(exsss, S), erlang:phash2(F()) end || S <- [1, 2, 3, 4, 5]].

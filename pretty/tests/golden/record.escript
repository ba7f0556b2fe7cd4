#!/usr/bin/env escript
%%! -enable-feature all
-mode(compile).
%% Records how a real `erl` prints (with the words of `maybe` reserved, as from OTP 27): `escript record.escript > answers.txt`, run with a fixed seed, so that a second run
%% on the same release gives the same file. One line a case: the question as base64 of its external term format, a
%% space, the answer with `\` and line breaks escaped, or `!` and the reason.
%%   {format, Format, Args}      io_lib:format(Format, Args)
%%   {print, Term, Options}      io_lib_pretty:print(Term, Options) with the records below
main(_) ->
    io:setopts([{encoding, unicode}]),
    rand:seed(exsss, {1, 2, 3}),
    lists:foreach(fun ask/1, fixed()),
    lists:foreach(fun(N) -> ask(random(N)) end, lists:seq(1, 6000)).

ask(Question) ->
    Answer = try unicode:characters_to_list(answer(Question)) of
                 Text when is_list(Text) -> escape(Text);
                 _ -> "!badarg"
             catch _:Reason when is_atom(Reason) -> [$!, atom_to_list(Reason)];
                   _:_ -> "!"
             end,
    Bytes = base64:encode(term_to_binary(Question, [{minor_version, 2}])),
    %% Small cases say as much as large ones and keep the file small.
    (byte_size(Bytes) + length(Answer) < 500) andalso io:format("~s ~ts~n", [Bytes, Answer]).

answer({format, Format, Args}) -> io_lib:format(Format, Args);
answer({print, Term, Options}) -> io_lib_pretty:print(Term, [{record_print_fun, fun record/2} | Options]).

record(user, 3) -> [name, age, email];
record(a, 2) -> [x, 'Y z'];
record(some_longer_record, 2) -> [first_field, second];
record(empty, 0) -> [];
record(_, _) -> no.

escape(Text) -> lists:flatmap(fun($\n) -> "\\n"; ($\\) -> "\\\\"; ($\r) -> "\\r"; (C) -> [C] end, Text).

random(N) ->
    Term = term(rand:uniform(5)),
    Depth = case rand:uniform(3) of 1 -> rand:uniform(12); _ -> -1 end,
    Line = case rand:uniform(3) of 1 -> 80; 2 -> 40; 3 -> 8 + rand:uniform(60) end,
    case N rem 8 of
        0 -> {format, "~w", [Term]};
        1 -> {format, "~W", [Term, rand:uniform(12) - 1]};
        2 -> {format, "~p", [Term]};
        3 -> {format, "~tp", [Term]};
        4 -> {format, "~s~*P", [lists:duplicate(rand:uniform(20), $x), Line, Term, Depth]};
        5 -> {print, Term, [{column, rand:uniform(20)}, {line_length, Line}, {depth, Depth}]};
        6 -> {print, Term, [{line_length, Line}, {line_max_chars, 5 + rand:uniform(60)}, {depth, Depth}]};
        7 -> {print, Term, [{line_length, 8 + rand:uniform(30)}, {strings, rand:uniform(2) =:= 1}, {encoding, unicode}]}
    end.

term(0) -> leaf(rand:uniform(16));
term(D) ->
    case rand:uniform(9) of
        1 -> leaf(rand:uniform(16));
        2 -> list(D);
        3 -> list_to_tuple(list(D));
        4 -> list_to_tuple([atom() | list(D)]);
        5 -> maps:from_list([{term(rand:uniform(D) - 1), term(D - 1)} || _ <- some(5)]);
        6 -> {user, term(D - 1), term(D - 1), term(D - 1)};
        7 -> case rand:uniform(4) of
                 1 -> {a, term(D - 1), term(D - 1)};
                 2 -> {empty};
                 3 -> {some_longer_record, term(D - 1), term(D - 1)};
                 4 -> list(D) ++ term(D - 1)
             end;
        8 -> list(D);
        9 -> maps:from_list([{atom(), term(D - 1)} || _ <- some(6)])
    end.

list(D) -> [term(D - 1) || _ <- some(8)].
some(N) -> lists:seq(1, rand:uniform(N + 1) - 1).

leaf(1) -> rand:uniform(10);
leaf(2) -> rand:uniform(1000000) - 500000;
leaf(3) -> atom();
leaf(4) -> atom();
leaf(5) -> (rand:uniform() - 0.5) * math:pow(10, rand:uniform(30) - 15);
leaf(6) -> text(rand:uniform(12));
leaf(7) -> text(rand:uniform(60));
leaf(8) -> list_to_binary(text(rand:uniform(12)));
leaf(9) -> list_to_binary(text(rand:uniform(60)));
leaf(10) -> << <<(rand:uniform(256) - 1)>> || _ <- some(30) >>;
leaf(11) -> <<(rand:uniform(1000)):(rand:uniform(40))>>;
leaf(12) -> [rand:uniform(3000) || _ <- some(20)];
leaf(13) -> [];
leaf(14) -> {};
leaf(15) -> #{};
leaf(16) -> case rand:uniform(4) of
                1 -> unicode:characters_to_binary([rand:uniform(1000) + 160 || _ <- some(6)]);
                2 -> 1 bsl (rand:uniform(200)) - rand:uniform(100);
                3 -> [rand:uniform(255) || _ <- some(4)];
                4 -> [rand:uniform(100) + 160 || _ <- some(10)]
            end.

text(N) -> [lists:nth(rand:uniform(14), "abcdef ghi\"\\\n'") || _ <- lists:seq(1, N)].

atom() ->
    lists:nth(rand:uniform(20), [a, b, ok, error, user, undefined, 'An Atom', '', 'héé', 'Ωmega', 'when', 'maybe', '\n\001',
        a_rather_long_atom_name, another_even_longer_atom_name_to_wrap, x, true, n@h, '1a', '_x']).

fixed() ->
    Formats = [{F, [A]} || A <- [abc, "abcdef", 12, -7, 1.5, 123.456, <<"abc">>, [], [a, b], 65],
                           M <- "wpscbBefgi+#", S <- ["", "10", "-10", "3", "10.4", ".5", "10.3.*", "10..0", "t", "0", ".16"],
                           F <- ["|~" ++ S ++ [M] ++ "|"]],
    [{format, F, A} || {F, A} <- Formats]
    ++ [{format, F, [X, 2]} || X <- [abc, "abc", [1, 2, 3], 255, {a, b}], F <- ["~W", "~P", "~10W|", "~x", "~X", "~i~i", "~w"]]
    ++ [{format, "~." ++ integer_to_list(P) ++ [C], [X]} || P <- [1, 2, 3, 5, 10, 17, 25], C <- "efg",
            X <- [0.0, 0.25, 0.35, 1.005, 1.245, 9.995, 99.96, 1.0e22, 1.0e-5, 123456.789, -0.5, 0.1, 5.0e-324, 1.7976931348623157e308, 9999.9]]
    ++ [{format, "~w ~p", [X, X]} || X <- [0.0, 1.0, 0.1, 1.0e5, 1.0e15, 123456789.0, 9007199254740991.0, 9007199254740992.0, 1.0e-4,
            1.0e-5, 1.5e300, 5.0e-324, 0.001, 12345.678, 100.0, 1000000.0, 123.0e-7, 4503599627370497.5]]
    ++ [{format, F, A} || {F, A} <- [
        {"~*.*.*s|", [10, 2, $x, "abc"]}, {"~3n~~~2~|", []}, {"~", []}, {"~q", [a]}, {"a", [a]}, {"~p", []}, {"~-5n", []}, {"~-10p", [a]},
        {"~3.5s", ["abcdef"]}, {"~5.10c", [65]}, {"~tc", [8364]}, {"~c", [8364]}, {"~ts", [[8364]]}, {"~s", [[8364]]}, {"~ts", [<<226,130,172>>]},
        {"~s", [<<226,130,172>>]}, {"~ts", [<<255,254>>]}, {"~ts", [[<<255>>, 97]]}, {"~s", [["a" | 98]]}, {"~s", [[["a", <<"b">>] | <<"c">>]]},
        {"~.16x ~.10X", [31, "0x", -31, "p"]}, {"~.16x", [31, <<"0x">>]}, {"ab\tc~p", [lists:seq(1, 40)]}, {"~sab~p", ["x\nyy", lists:seq(1, 40)]},
        {"~p ~p", [lists:seq(1, 30), lists:seq(1, 30)]}, {"~0p", [lists:seq(1, 60)]}, {"~20.5p", [lists:seq(1, 30)]}, {"~lp ~ls", ["abc", "abc"]},
        {"~8.16.0B", [-255]}, {"~.37b", [1]}, {"~B", [1 bsl 100]}, {"~.36B ~.7b", [1 bsl 100, -(1 bsl 80)]}, {"~P", [[a, b], x]}, {"~W", [[a], -1]}]]
    ++ [{format, "~P", [B, D]} || D <- [1, 2, 3, 4, 5, 8], B <- [<<"abcdefghijkl">>, <<"abcdefghijklm">>, <<"abcd">>, <<"abcde">>, <<"abcdefgh", 1>>,
            <<"abc", 1>>, <<>>, <<1:3>>, <<"é"/utf8, "abcdefghijklmnopqrst">>]]
    ++ [{format, "~tP", [B, D]} || D <- [1, 2, 3, 4, 5, 8], B <- [<<"ééééééééé"/utf8>>, <<"abcdefgh", 200>>, <<"aé"/utf8>>]].

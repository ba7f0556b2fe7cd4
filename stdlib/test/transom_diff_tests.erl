%% Line by line.
-module(transom_diff_tests).

-include_lib("eunit/include/eunit.hrl").

text(Old, New) -> unicode:characters_to_list(transom_diff:lines([<<C>> || C <- Old], [<<C>> || C <- New])).

lines_test_() ->
    [?_assertEqual("", text("abc", "abc")),
     ?_assertEqual("  @@ line 1\n    a\n  - b\n  + x\n    c\n", text("abc", "axc")),
     %% Only some lines around a change are shown.
     ?_assertEqual("  @@ line 3\n    c\n    d\n  + x\n    e\n    f\n", text("abcdefgh", "abcdxefgh")),
     %% Changes far apart are hunks of their own.
     ?_assertEqual("  @@ line 1\n  - a\n    b\n    c\n  @@ line 6\n    g\n    h\n  + i\n", text("abcdefgh", "bcdefghi")),
     ?_assertEqual("  @@ line 1\n  + a\n", text("", "a")),
     ?_assertEqual("  @@ line 1\n  - a\n", text("a", ""))].

%% The steps between two texts turn one into the other.
any_two_texts_test() ->
    [begin
         [Old, New] = [[rand:uniform(4) + $a || _ <- lists:seq(1, rand:uniform(12))] || _ <- [1, 2]],
         Text = text(Old, New),
         Lines = string:split(Text, "\n", all),
         Count = fun(Mark) -> length([L || [$\s, $\s, M | _] = L <- Lines, M =:= Mark]) end,
         ?assertEqual(length(New) - length(Old), Count($+) - Count($-))
     end || _ <- lists:seq(1, 200)].

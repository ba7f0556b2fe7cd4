%% Texts longer than what is done in one go: clusters at every place, in lists, binaries and both, and what is left of them.
-module(long_texts).
-include("../show.hrl").

start() ->
    show(fun() -> [string:length(text(N)) || N <- [998, 999, 1000, 1001, 2500]] end),  % expect: [635,635,636,637,1591]
    show(fun() -> [string:length(unicode:characters_to_binary(text(N))) || N <- [998, 999, 1000, 1001, 2500]] end),  % expect: [635,635,636,637,1591]
    show(fun() -> [string:length(mixed(N)) || N <- [1, 2, 3, 400]] end),  % expect: [4,5,5,258]
    show(fun() -> [length(string:to_graphemes(text(N))) || N <- [998, 999, 1000, 1001, 2500]] end),  % expect: [635,635,636,637,1591]
    show(fun() -> [erlang:phash2(string:to_graphemes(F(N))) || N <- [999, 1000, 1001], F <- [fun text/1, fun mixed/1]] end),  % expect: [17636161,26839989,50696794,22503314,97637719,26685751]
    show(fun() -> [erlang:phash2(unicode:characters_to_binary(string:reverse(mixed(N)))) || N <- [1, 333, 334, 1000]] end),  % expect: [86419857,39725448,56046173,125864433]
    show(fun() -> [erlang:phash2(F(C(text(1500)))) || F <- [fun string:uppercase/1, fun string:lowercase/1, fun string:casefold/1], C <- [fun lists:flatten/1, fun unicode:characters_to_binary/1]] end),  % expect: [17431438,7493518,19412641,7635724,19412641,7635724]
    show(fun() -> string:uppercase([lists:duplicate(3, $\x{df}), <<"straße"/utf8>>, [[$a, 776]]]) end),  % expect: [83,83,83,83,83,83,83,84,82,65,83,83,69,65,776]
    show(fun() -> [length(string:lexemes(C(text(3000)), "x" ++ [[$\r, $\n]])) || C <- [fun lists:flatten/1, fun unicode:characters_to_binary/1]] end),  % expect: [274,274]
    show(fun() -> string:length(lists:duplicate(1500, $a) ++ [<<255>>]) end),  % expect: error {badarg,<<"ÿ">>}
    show(fun() -> string:uppercase([lists:duplicate(1500, $a), foo]) end),  % expect: error function_clause
    show(fun() -> [string:take(T, "ab") || T <- ["abcab", <<"abcab">>, ["ab", <<"cab">>], "", <<>>, "cc", <<"cc">>, "aab", <<"aab">>]] end),  % expect: [{"ab","cab"},{<<"ab">>,<<"cab">>},{"ab",<<"cab">>},{[],[]},{<<>>,<<>>},{[],"cc"},{<<>>,<<"cc">>},{"aab",[]},{<<"aab">>,<<>>}]
    show(fun() -> [string:take(T, "ab", true) || T <- ["xyab", <<"xyab">>, "", <<>>, "a", <<"a">>, [$e, 769, $a]]] end),  % expect: [{"xy","ab"},{<<"xy">>,<<"ab">>},{[],[]},{<<>>,<<>>},{[],"a"},{<<>>,<<"a">>},{[101,769],"a"}]
    show(fun() -> [string:trim(T, leading) || T <- ["  a ", <<"  a ">>, "   ", <<"   ">>, "", <<>>, "\r\n b", [" ", <<" c ">>], [$\s, $e, 769, $a]]] end),  % expect: ["a ",<<"a ">>,[],<<>>,[],<<>>,"b",<<"c ">>,[101,769,97]]
    show(fun() -> [string:trim(T, leading, "ab") || T <- ["abcab", <<"abcab">>, ["ab", <<"acb">>, "a"]]] end),  % expect: ["cab",<<"cab">>,[<<"cb">>,"a"]]
    show(fun() -> [string:to_integer(T) || T <- [["12", <<"ab">>], ["1", "2"], ["1", [<<"2a">>], "c"], <<"12">>, "12", ["12", <<>>], [<<"12">>, <<"x">>], ["1", foo], "+7x", "-", <<"-5é"/utf8>>, <<1, 255>>, <<"1", 255>>, "", <<>>, [[]], foo, 5]] end),  % expect: [{12,<<"ab">>},{12,[]},{12,[<<"a">>,"c"]},{12,<<>>},{12,[]},{12,<<>>},{12,[<<"x">>]},{error,badarg},{7,"x"},{error,no_integer},{-5,<<"é"/utf8>>},{error,no_integer},{error,badarg},{error,no_integer},{error,no_integer},{error,no_integer},{error,badarg},{error,badarg}]
    show(fun() -> [string:to_float(T) || T <- ["1.5", "1,5x", "1.", ".5", "1.5e", "1.5e3z", "-1.5E-3", <<"2.5 x">>, ["2", ".", <<"5e1 y">>], "1.5e400", "x", "", <<>>, foo, ["1.5", bar], "1.5e+", "12", "+1.0"]] end),  % expect: [{1.5,[]},{1.5,"x"},{error,no_float},{error,no_float},{1.5,"e"},{1.5e3,"z"},{-0.0015,[]},{2.5,<<" x">>},{25.0,<<" y">>},{error,no_float},{error,no_float},{error,no_float},{error,no_float},{error,badarg},{error,badarg},{1.5,"e+"},{error,no_float},{1.0,[]}]
    show(fun() -> [string:list_to_integer(T) || T <- ["12x", [a, b], "x", foo, "-3"]] end),  % expect: [{12,"x"},{error,no_integer},{error,no_integer},{error,not_a_list},{-3,[]}]
    show(fun() -> [string:next_codepoint(T) || T <- [["abc", $d], [["ab" | <<"c">>], "d"], [<<"ab">>, "cd"], ["ab", <<"cd">>], ["a", <<"cd">> | <<"x">>], [[], "ab"], [["abcd"]], [<<"abc">> | <<"d">>]]] end),  % expect: ["abcd",[97,98,<<"c">>,"d"],[97,<<"b">>,"cd"],[97,98|<<"cd">>],[97,<<"cd">>|<<"x">>],"ab","abcd",[97,<<"bc">>|<<"d">>]]
    show(fun() -> [{string:str(A, B), string:rstr(A, B)} || {A, B} <- [{"abcab", "ab"}, {"abc", ""}, {"", ""}, {"abc", "abcd"}]] end),  % expect: [{1,4},{0,0},{0,0},{0,0}]
    show(fun() -> string:str([a | b], "") end).  % expect: error function_clause

%% Each kind of cluster comes to stand at each place.
text(N) -> cut(N, lists:append(lists:duplicate(N div 7 + 1, [$a, $\r, $\n, $x, $e, 769, 16#1F600, 16#200D, 16#1F468, $Z, 16#E9]))).

cut(N, L) -> lists:sublist(L, N).

%% The same, in pieces of lists and binaries.
mixed(N) -> [pieces(text(N), 1), <<"end">>].

pieces([], _) -> [];
pieces(L, K) ->
    {A, B} = lists:split(min(K, length(L)), L),
    [case K rem 3 of 0 -> A; 1 -> unicode:characters_to_binary(A); 2 -> [[A], []] end | pieces(B, K rem 11 + 1)].

%% Searching and cutting texts of several code points to a character, of every shape; bytes that are no text.
-module(string_clusters).
-include("../properties.hrl").

start() ->
    show(fun() -> digest(fun() -> with_text(fun find/0) end) end),  % expect: [58099117,132755101,85212217,119059924,116284588]
    show(fun() -> digest(fun() -> with_text(fun split/0) end) end),  % expect: [107322069,106764678,74439277,63312453,26967485]
    show(fun() -> digest(fun() -> with_text(fun cut/0) end) end),  % expect: [125884354,55805379,133458160,62447603,54289171]
    show(fun() -> digest(fun() -> with_text(fun measured/0) end) end),  % expect: [1094867,8620172,127310942,36946756,35484115]
    %% A match may begin inside a cluster, and ends where one ends.
    show(fun() -> [string:find("a\r\nb", "\n"), string:find(<<"a\r\nb">>, "\n"), string:split(<<"a\r\nb">>, "\r")] end),  % expect: ["\nb",<<"\nb">>,[<<"a\r\nb">>]]
    show(fun() -> [string:find([$e, 16#301, $x], P) || P <- ["e", [16#301], [$e, 16#301]]] end),  % expect: [nomatch,[769,120],[101,769,120]]
    show(fun() -> [string:find(<<$e, 16#301/utf8, $x>>, P) || P <- ["e", [16#301], [$e, 16#301]]] end),  % expect: [nomatch,<<204,129,120>>,<<101,204,129,120>>]
    %% Bytes that are no text are only an error where characters are counted.
    show(fun() -> [string:find(<<255, "abc">>, P) || P <- ["b", "x", <<"bc">>]] end),  % expect: [<<"bc">>,nomatch,<<"bc">>]
    show(fun() -> [string:split(<<255, "a,b", 254>>, ",", W) || W <- [leading, trailing, all]] end),  % expect: [[<<"ÿa">>,<<"bþ">>],[<<"ÿa">>,<<"bþ">>],[<<"ÿa">>,<<"bþ">>]]
    show(fun() -> string:replace(<<255, "a,b">>, ",", ";") end),  % expect: [<<"ÿa">>,";",<<"b">>]
    show(fun() -> [string:prefix(<<"ab", 255, "c">>, "ab"), string:prefix(<<255, "abc">>, "abc")] end),  % expect: [<<"ÿc">>,nomatch]
    show(fun() -> [string:slice(<<"abc", 255>>, 1), string:slice(<<"abc", 255>>, 1, 1)] end),  % expect: [<<"bcÿ">>,<<"b">>]
    show(fun() -> string:length(<<"ab", 255>>) end),  % expect: error {badarg,<<"ÿ">>}
    show(fun() -> string:lexemes(<<"a b ", 255>>, " ") end),  % expect: error {badarg,<<"ÿ">>}
    show(fun() -> string:find([a], "x") end),  % expect: error function_clause
    %% What is left keeps its shape.
    show(fun() -> [string:slice(["ab", <<"cd">>], 1), string:slice(<<"abc">>, 5), string:slice(<<"abc">>, 3), string:prefix(<<"abc">>, "abc")] end),  % expect: [[98|<<"cd">>],<<>>,<<>>,<<>>]
    show(fun() -> [string:find(["a", ["b"] | <<"c">>], "b"), string:split(["a", ["b"] | <<"c">>], "b")] end),  % expect: [[98|<<"c">>],["a",<<"c">>]]
    show(fun() -> [string:nth_lexeme("a b c", N, " ") || N <- [1, 2, 3, 4]] end),  % expect: ["a","b","c",[]]
    show(fun() -> [string:str("abcabc", "ca"), string:str("abc", "abcd"), string:rstr("abcabc", "bc"), string:rstr("abc", "x")] end),  % expect: [3,0,5,0]
    show(fun() -> string:str("abc", [b | c]) end).  % expect: 0

%% A letter, a sign that joins the one before, line ends, a family.
part() -> one_of(["a", "b", " ", "c", "\r\n", "\r", "\n", [$e, 16#301], [228], [$a, 16#308], [16#1F468, 16#200D, 16#1F469]]).

flat() -> lists:append(list(7, fun part/0)).

text() ->
    case below(4) of
        0 -> flat();
        1 -> unicode:characters_to_binary(flat());
        2 -> [flat(), flat()];
        3 -> [flat(), unicode:characters_to_binary(flat()), flat()]
    end.

pattern() ->
    P = lists:append([part() | list(1, fun part/0)]),
    one_of([P, unicode:characters_to_binary(P), "a"]).

with_text(F) -> [F() || _ <- lists:seq(1, 100)].

points(L) when is_list(L); is_binary(L) -> unicode:characters_to_list(L);
points(Other) -> Other.

find() -> points(string:find(text(), pattern(), one_of([leading, trailing]))).

split() ->
    S = text(),
    P = pattern(),
    [[points(X) || X <- string:split(S, P, W)] || W <- [leading, trailing, all]].

cut() ->
    S = text(),
    N = below(5),
    [points(string:slice(S, N)), points(string:slice(S, N, below(4))), points(string:prefix(S, pattern())), points(string:nth_lexeme(S, 1 + below(3), "a b"))].

measured() ->
    S = text(),
    [string:length(S), string:equal(S, points(S)), string:equal(S, text(), true), [points(X) || X <- string:to_graphemes(S), is_list(X)]].

digest(F) -> [begin rand:seed(exsss, S), erlang:phash2(F()) end || S <- [1, 2, 3, 4, 5]].

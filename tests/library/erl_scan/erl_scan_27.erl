%% Triple-quoted strings, and strings side by side, as OTP 27 reads them (reference manual, data types; release notes of stdlib 6.0; EEP 64).
% reference: OTP 27
-module(erl_scan_27).
-include("../show.hrl").

start() ->
    show(fun() -> strings("\"\"\"\na\nb\n\"\"\".") end),  % expect: ["a\nb"]
    show(fun() -> strings("\"\"\"\n  a\n   b\n  \"\"\".") end),  % expect: ["a\n b"]
    show(fun() -> strings("\"\"\"\n  a\\n\"\"b\n  \"\"\".") end),  % expect: ["a\\n\"\"b"]
    show(fun() -> strings("\"\"\"\"\n\"\"\"\n\"\"\"\".") end),  % expect: ["\"\"\""]
    show(fun() -> strings("\"\"\"\n\"\"\".") end),  % expect: [[]]
    show(fun() -> strings("\"\"\" \n\n\n\"\"\".") end),  % expect: ["\n"]
    show(fun() -> strings("\"a\" \"b\"\n\"c\".") end),  % expect: ["a","b","c"]
    show(fun() -> strings("\"\" \"a\".") end),  % expect: [[],"a"]
    show(fun() -> wrong("\"abc\"\"xyz\".") end),  % expect: {{1,6},"adjacent string literals without intervening white space"}
    show(fun() -> wrong("\"\"\"\na\n\"\"\"\"b\".") end),  % expect: {{3,4},"adjacent string literals without intervening white space"}
    show(fun() -> element(2, wrong("\"\"\"a\n\"\"\".")) end),  % expect: "not white space after start of triple-quoted string"
    show(fun() -> element(2, wrong("\"\"\"\n a\n  \"\"\".")) end).  % expect: "bad indentation in triple-quoted string"

strings(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    [S || {string, _, S} <- Tokens].

wrong(Text) ->
    {error, {Place, Module, Reason}, _} = erl_scan:string(Text, {1, 1}),
    {Place, Module:format_error(Reason)}.

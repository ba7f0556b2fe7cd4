%% Triple-quoted strings, strings side by side and sigils as OTP 27 reads them (reference manual, data types; release notes of stdlib 6.0; EEP 64 and 66).
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
    show(fun() -> element(2, wrong("\"\"\"\n a\n  \"\"\".")) end),  % expect: "bad indentation in triple-quoted string"
    show(fun() -> erl_scan:string("~\"abc\"") end),  % expect: {ok,[{sigil_prefix,1,''},{string,1,"abc"},{sigil_suffix,1,[]}],1}
    show(fun() -> erl_scan:string("~b(a\\n)x", {1, 1}) end),  % expect: {ok,[{sigil_prefix,{1,1},b},{string,{1,3},"a\n"},{sigil_suffix,{1,8},"x"}],{1,9}}
    show(fun() -> texts("a ~S[b\\n]\n ~\"c\".") end),  % expect: {["a"," ","~S","[b\\n]",[],"\n ","~","\"c\"",[],"."],"a ~S[b\\n]\n ~\"c\"."}
    show(fun() -> strings("~s{a\\tb} ~B|a\\tb| ~'c\"' ~`d` ~#e# ~/f/ ~<g> ~(h)") end),  % expect: ["a\tb","a\\tb","c\"","d","e","f","g","h"]
    show(fun() -> strings("~\"\"\"\n a\\n\n \"\"\" ~b\"\"\"\n a\\n\n \"\"\" ~S\"\"\"\n a\\n\n \"\"\"") end),  % expect: ["a\\n","a\n","a\\n"]
    show(fun() -> parsed("[~\"a\", ~b'b', ~s(c), ~B\"d\", ~S\"e\"].") end),  % expect: [<<"a">>,<<"b">>,"c",<<"d">>,"e"]
    show(fun() -> parsed("~\"å\".") end),  % expect: <<"å"/utf8>>
    show(fun() -> parsed("~\"a\" \"b\".") end),  % expect: {{1,6},"syntax error before: \"b\""}
    show(fun() -> parsed("~x\"a\".") end),  % expect: {{1,1},"illegal sigil prefix"}
    show(fun() -> parsed("~b\"a\"i.") end).  % expect: {{1,6},"illegal sigil suffix"}

strings(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    [S || {string, _, S} <- Tokens].

wrong(Text) ->
    {error, {Place, Module, Reason}, _} = erl_scan:string(Text, {1, 1}),
    {Place, Module:format_error(Reason)}.

%% The texts of all tokens, white space among them, and what they are in a row.
texts(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text, 1, [return, text]),
    Texts = [erl_scan:text(T) || T <- Tokens],
    {Texts, lists:append(Texts)}.

parsed(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text, {1, 1}),
    case erl_parse:parse_exprs(Tokens) of
        {ok, [Expr]} -> {value, V, _} = erl_eval:expr(Expr, []), V;
        {error, {Place, Module, Reason}} -> {Place, lists:flatten(Module:format_error(Reason))}
    end.

%% Scanners made of regular expressions: what they find, errors, characters that come piece by piece; what is wrong with a scanner file.
-module(leex_scanners).
-include("../show.hrl").
-include("../printed.hrl").

-define(SCANNER,
"Definitions.
D = [0-9]
DD = {D}{D}
WS = [\\s\\t\\n]
Rules.
% The longest text, then the first rule.
{D}+ : {token, {integer, TokenLine, list_to_integer(TokenChars)}}.
{D}+\\.{D}+((E|e)(\\+|\\-)?{D}+)? : {token, {float, TokenLine, list_to_float(TokenChars)}}.
[a-z]+ : {token, {atom, TokenLine, list_to_atom(TokenChars),
                  TokenLen}}.
{WS}+ : skip_token.
end : {token, never}.
\\. : {end_token, {dot, TokenLine}}.
! : {error, \"bang\"}.
!! : {error, {not_string, 1}}.
#{DD}{X} : {token, {two, TokenChars}}.
<< : {token, {open, TokenLine}, \"12 x\"}.
>> : {skip_token, \"34\"}.
;; : {end_token, {semi, TokenLine}, \" zz\"}.
\\?\\? : foo.
\\?x : error(boom).
\"(\\\\.|[^\"])*\" : {token, {string, TokenLine, TokenChars}}.
[\\x{400}-\\x{4ff}]+ : {token, {cyr, TokenLine, TokenChars}}.
Qab : {token, qab}.
Qabcd : {token, qabcd}.
Erlang code.
-export([extra/0]).
extra() -> ?LINE.
").

-define(ESCAPES,
"Definitions.
Rules.
a\\d\\e\\s\\b\\f\\n\\r\\t\\v : {token, 1}.
c\\x{41} : {token, 2}.
d\\101 : {token, 3}.
e\\^A : {token, 4}.
f\\x41 : {token, 5}.
h[\\^A] : {token, 6}.
i] : {token, 7}.
j{ : {token, 8}.
k\" : {token, 9}.
l.m : {token, 10}.
n[^a-c\\]]o : {token, 11}.
p[a\\-c-]q : {token, 12}.
(r|s)+t? : {token, {13, TokenLen}}.
u(v+w?)+ : {token, 14}.
Erlang code.
").

start() ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "leex_scanners_" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    ok = file:make_dir(Dir),
    {ok, Old} = file:get_cwd(),
    ok = file:set_cwd(Dir),
    try scanners() after file:set_cwd(Old), file:del_dir_r(Dir) end.

scanners() ->
    show(fun() -> scanner(sc, ?SCANNER) end),  % expect: {ok,"./sc.erl",[]}
    show(fun() -> lists:sort(sc:module_info(exports)) end),  % expect: [{extra,0},{format_error,1},{module_info,0},{module_info,1},{string,1},{string,2},{token,2},{token,3},{tokens,2},{tokens,3}]
    show(fun() -> sc:extra() end),  % expect: 28
    show(fun() -> [sc:string(S) || S <- ["1 2", "1.5e3 ab\ncd .\n9", "", "a << b", "a >> b", "a ;; b . c", "\"abc\\\"d\"", "1. 2", "12.", "\x{410}\x{411} a", "end endx", "#12{X}"]] end),  % expect: [{ok,[{integer,1,1},{integer,1,2}],1},{ok,[{float,1,1.5e3},{atom,1,ab,2},{atom,2,cd,2},{dot,2},{integer,3,9}],3},{ok,[],1},{ok,[{atom,1,a,1},{open,1},{integer,1,12},{atom,1,x,1},{atom,1,b,1}],1},{ok,[{atom,1,a,1},{integer,1,34},{atom,1,b,1}],1},{ok,[{atom,1,a,1},{semi,1},{atom,1,zz,2},{atom,1,b,1},{dot,1},{atom,1,c,1}],1},{ok,[{string,1,"\"abc\\\"d\""}],1},{ok,[{integer,1,1},{dot,1},{integer,1,2}],1},{ok,[{integer,1,12},{dot,1}],1},{ok,[{cyr,1,[1040,1041]},{atom,1,a,1}],1},{ok,[{atom,1,'end',3},{atom,1,endx,4}],1},{ok,[{two,"#12{X}"}],1}]
    show(fun() -> [sc:string(S) || S <- ["abc;", "a ! b", "a !! b", "\"ab\nc", "a\n\n@", "a $", "#1", "Qabc", "Qabx", "Qa", "1 \"a\nb"]] end),  % expect: [{error,{1,sc,{illegal,";"}},1},{error,{1,sc,{user,"bang"}},1},{error,{1,sc,{user,{not_string,1}}},1},{error,{1,sc,{illegal,"\"ab\nc"}},2},{error,{3,sc,{illegal,"@"}},3},{error,{1,sc,{illegal,"$"}},1},{error,{1,sc,{illegal,"#1"}},1},{ok,[qab,{atom,1,c,1}],1},{ok,[qab,{atom,1,x,1}],1},{error,{1,sc,{illegal,"Qa"}},1},{error,{1,sc,{illegal,"\"a\nb"}},2}]
    show(fun() -> [sc:string("1\n2", 7), sc:string("\n@", 7)] end),  % expect: [{ok,[{integer,7,1},{integer,8,2}],8},{error,{8,sc,{illegal,"@"}},8}]
    show(fun() -> [try sc:string(S) catch C:R -> {C, R} end || S <- ["??", "?x", foo, <<"1">>]] end),  % expect: [{error,function_clause},{error,boom},{error,function_clause},{error,function_clause}]
    %% One token.
    show(fun() -> [fed(token, P) || P <- [["12", "3 ab", "c", eof], [eof], ["a ! b", eof], ["\"ab", "c", eof], ["  \n\n ", "1", eof], ["1.", "x", eof], ["Qab", "c", "d", eof]]] end),  % expect: [[more,{{ok,{integer,1,123},1}," ab"},more,more,{{ok,{atom,1,abc,3},1},eof}],[{{eof,1},eof}],[{{ok,{atom,1,a,1},1}," ! b"},{{error,{1,sc,{user,"bang"}},1}," b"},more,{{ok,{atom,1,b,1},1},eof}],[more,more,{{error,{1,sc,{illegal,"\"abc"}},1},eof}],[more,more,{{ok,{integer,3,1},3},eof}],[more,{{ok,{integer,1,1},1},".x"},{{ok,{dot,1},1},"x"},more,{{ok,{atom,1,x,1},1},eof}],[more,more,{{ok,qabcd,1},[]},more,{{eof,1},eof}]]
    show(fun() -> [sc:token([], S) || S <- ["@x 2", "\"a\" b", "Qabx", "Qax", ";; b"]] end),  % expect: [{done,{error,{1,sc,{illegal,"@"}},1},"@x 2"},{done,{ok,{string,1,"\"a\""},1}," b"},{done,{ok,qab,1},"x"},{done,{error,{1,sc,{illegal,"Qax"}},1},"x"},{done,{ok,{semi,1},1}," zz b"}]
    show(fun() -> sc:token([], "\n12 ", 5) end),  % expect: {done,{ok,{integer,6,12},6}," "}
    %% All to one that ends them.
    show(fun() -> [fed(tokens, P) || P <- [["1 2 ", "3 .", " 4 . 5", eof], [eof], ["1", eof], ["a ;; b", eof], ["1 @ 2", " 3 . 4", eof], ["1 ! 2 . 3", eof], ["1 @ 2", eof], ["\"x", eof], ["1 Qax 2 . 3", eof]]] end),  % expect: [[more,{{ok,[{integer,1,1},{integer,1,2},{integer,1,3},{dot,1}],1},[]},more,{{ok,[{integer,1,4},{dot,1}],1}," 5"},more,{{ok,[{integer,1,5}],1},eof}],[{{eof,1},eof}],[more,{{ok,[{integer,1,1}],1},eof}],[{{ok,[{atom,1,a,1},{semi,1}],1}," zz b"},more,{{ok,[{atom,1,zz,2},{atom,1,b,1}],1},eof}],[more,{{error,{1,sc,{illegal,"@"}},1}," 4"},more,{{ok,[{integer,1,4}],1},eof}],[{{error,{1,sc,{user,"bang"}},1}," 3"},more,{{ok,[{integer,1,3}],1},eof}],[more,{{error,{1,sc,{illegal,"@"}},1},eof}],[more,{{error,{1,sc,{illegal,"\"x"}},1},eof}],[{{error,{1,sc,{illegal,"Qax"}},1}," 3"},more,{{ok,[{integer,1,3}],1},eof}]]
    show(fun() -> sc:tokens([], "12\n. ", 5) end),  % expect: {done,{ok,[{integer,5,12},{dot,6}],6}," "}
    show(fun() -> [lists:flatten(sc:format_error(E)) || E <- [{illegal, "x\x{400}"}, {user, "bang"}]] end),  % expect: [[105,108,108,101,103,97,108,32,99,104,97,114,97,99,116,101,114,115,32,34,120,1024,34],"bang"]
    show(fun() -> scanner(es, ?ESCAPES) end),  % expect: {ok,"./es.erl",[]}
    show(fun() -> [es:string(S) || S <- ["a\d\e\s\b\f\n\r\t\v", "cA", "dA", "e^A", "fA", "h^", "hA", "i]", "j{", "k\"", "lxm", "l\nm", "ndo", "nao", "n]o", "p-q", "pcq", "rsrt", "rst", "uvvwv"]] end),  % expect: [{ok,[1],2},{ok,[2],1},{ok,[3],1},{ok,[4],1},{ok,[5],1},{ok,[6],1},{ok,[6],1},{ok,[7],1},{ok,"\b",1},{ok,"\t",1},{ok,"\n",1},{error,{1,es,{illegal,"l\n"}},1},{ok,"\v",1},{error,{1,es,{illegal,"na"}},1},{error,{1,es,{illegal,"n]"}},1},{ok,"\f",1},{ok,"\f",1},{ok,[{13,4}],1},{ok,[{13,3}],1},{ok,[14],1}]
    %% What is wrong with a file.
    show(fun() -> [made(S) || S <- ["", "Rules.\na : x.\n", "Definitions.\nfoo\nRules.\n", "Definitions.\nRules.\nErlang code.\n", "Definitions.\nRules.\na : b.\n", "Definitions.\nRules.\na : b.", "Definitions.\nRules.\na : {token,a\nErlang code."]] end),  % expect: [{{error,[{"./g.xrl",[{0,leex,missing_defs}]}],[]},"./g.xrl:0: missing Definitions\n"},{{error,[{"./g.xrl",[{1,leex,missing_defs}]}],[]},"./g.xrl:1: missing Definitions\n"},{{error,[{"./g.xrl",[{2,leex,missing_rules}]}],[]},"./g.xrl:2: missing Rules\n"},{{error,[{"./g.xrl",[{3,leex,empty_rules}]}],[]},"./g.xrl:3: no rules\n"},{{error,[{"./g.xrl",[{3,leex,missing_code}]}],[]},"./g.xrl:3: missing Erlang code\n"},{{error,[{"./g.xrl",[{4,leex,missing_code}]}],[]},"./g.xrl:4: missing Erlang code\n"},{{error,[{"./g.xrl",[{5,leex,missing_code}]}],[]},"./g.xrl:5: missing Erlang code\n"}]
    show(fun() -> [made("Definitions.\nRules.\n" ++ R ++ " : {token, a}.\nErlang code.\n") || R <- ["a(", "a)", "[a", "[b-a]", "*", "a|*b", "^a", "a$", "\\", "[]", "\\x{", "[\\x{110000}]", "a{2}", "a{X}"]] end),  % expect: [{{error,[{"./g.xrl",[{3,leex,{regexp,{unterminated,"("}}}]}],[]},"./g.xrl:3: bad regexp `unterminated ('\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{illegal_char,")"}}}]}],[]},"./g.xrl:3: bad regexp `illegal character )'\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{unterminated,"["}}}]}],[]},"./g.xrl:3: bad regexp `unterminated ['\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{char_class,"b-a"}}}]}],[]},"./g.xrl:3: bad regexp `illegal character class \"b-a\"'\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{illegal_char,"*"}}}]}],[]},"./g.xrl:3: bad regexp `illegal character *'\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{illegal_char,"*"}}}]}],[]},"./g.xrl:3: bad regexp `illegal character *'\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{illegal_char,"^"}}}]}],[]},"./g.xrl:3: bad regexp `illegal character ^'\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{illegal_char,"$"}}}]}],[]},"./g.xrl:3: bad regexp `illegal character $'\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{unterminated,"\\"}}}]}],[]},"./g.xrl:3: bad regexp `unterminated \\'\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{unterminated,"["}}}]}],[]},"./g.xrl:3: bad regexp `unterminated ['\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{unterminated,"\\x{"}}}]}],[]},"./g.xrl:3: bad regexp `unterminated \\x{'\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{illegal_char,"\\x{110000}"}}}]}],[]},"./g.xrl:3: bad regexp `illegal character \\x{110000}'\n"},{{ok,"./g.erl",[]},[]},{{ok,"./g.erl",[]},[]}]
    show(fun() -> [made("Definitions.\nRules.\n" ++ R ++ "\nErlang code.\n") || R <- ["a {token,a}.", "a\\ b : skip_token.", "a : foo(}."]] end),  % expect: [{{error,[{"./g.xrl",[{3,leex,bad_rule}]}],[]},"./g.xrl:3: bad rule\n"},{{error,[{"./g.xrl",[{3,leex,bad_rule}]}],[]},"./g.xrl:3: bad rule\n"},{{ok,"./g.erl",[]},[]}]
    show(fun() -> [made("Definitions.\nRules.\n" ++ R ++ " : {token, a}.\nErlang code.\n") || R <- ["a\\xzz", "a\\x", "a\\x4", "[\\x4]", "a\\x+1", "a\\x{zz}", "a\\x{+1}", "a\\x{110000}", "[\\x41-\\x40]", "a\\xFf"]] end),  % expect: [{{error,[{"./g.xrl",[{3,leex,{regexp,{illegal_char,"\\x"}}}]}],[]},"./g.xrl:3: bad regexp `illegal character \\x'\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{illegal_char,"\\x"}}}]}],[]},"./g.xrl:3: bad regexp `illegal character \\x'\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{illegal_char,"\\x"}}}]}],[]},"./g.xrl:3: bad regexp `illegal character \\x'\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{illegal_char,"\\x"}}}]}],[]},"./g.xrl:3: bad regexp `illegal character \\x'\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{illegal_char,"\\x"}}}]}],[]},"./g.xrl:3: bad regexp `illegal character \\x'\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{unterminated,"\\x{"}}}]}],[]},"./g.xrl:3: bad regexp `unterminated \\x{'\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{unterminated,"\\x{"}}}]}],[]},"./g.xrl:3: bad regexp `unterminated \\x{'\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{illegal_char,"\\x{110000}"}}}]}],[]},"./g.xrl:3: bad regexp `illegal character \\x{110000}'\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{char_class,"\\x41-\\x40"}}}]}],[]},"./g.xrl:3: bad regexp `illegal character class \"\\\\x41-\\\\x40\"'\n"},{{ok,"./g.erl",[]},[]}]
    show(fun() -> [made(["Definitions.\nRules.\na : b,\n\n", T]) || T <- ["  c. d.\nErlang code.\n", "  c.", "  c", "  'c.\nErlang code.\n", "  c\nErlang code.\n"]] end),  % expect: [{{ok,"./g.erl",[]},[]},{{error,[{"./g.xrl",[{6,leex,missing_code}]}],[]},"./g.xrl:6: missing Erlang code\n"},{{error,[{"./g.xrl",[{6,leex,missing_code}]}],[]},"./g.xrl:6: missing Erlang code\n"},{{error,[{"./g.xrl",[{5,erl_scan,{string,39,"c.\nErlang code.\n"}}]}],[]},"./g.xrl:5: unterminated atom starting with 'c.\\nErlang code.\\n'\n"},{{error,[{"./g.xrl",[{6,leex,missing_code}]}],[]},"./g.xrl:6: missing Erlang code\n"}]
    show(fun() -> [made(<<"Definitions.\n", T/binary>>) || T <- [<<"A = \xff\n">>, <<"Rules.\na : b,\n\n\xff">>, <<"Rules.\n[a : b.\n\xff">>, <<"Rules.\na : b.\nErlang code.\n% \xff\n">>]] end),  % expect: [{{error,[{"./g.xrl",[{2,leex,cannot_parse}]}],[]},"./g.xrl:2: cannot parse; probably encoding mismatch\n"},{{error,[{"./g.xrl",[{5,leex,cannot_parse}]}],[]},"./g.xrl:5: cannot parse; probably encoding mismatch\n"},{{error,[{"./g.xrl",[{3,leex,{regexp,{unterminated,"["}}}]}],[]},"./g.xrl:3: bad regexp `unterminated ['\n"},{{error,[{"./g.xrl",[{5,leex,cannot_parse}]}],[]},"./g.xrl:5: cannot parse; probably encoding mismatch\n"}]
    show(fun() -> made("% coding: latin-1\nDefinitions.\nRules.\n\xff : b.\nErlang code.\n") end),  % expect: {{ok,"./g.erl",[]},[]}
    show(fun() -> printed(fun() -> leex:file("nosuch") end) end),  % expect: {error,"./nosuch.xrl: no such file or directory\n"}
    show(fun() -> [printed(fun() -> leex:file("nosuch", O) end) || O <- [[], [return], {report, false}]] end),  % expect: [{error,"./nosuch.xrl: no such file or directory\n"},{{error,[{"./nosuch.xrl",[{none,leex,{file_error,enoent}}]}],[]},"./nosuch.xrl: no such file or directory\n"},{error,[]}]
    ok = file:make_dir("dir.xrl"),
    show(fun() -> [printed(fun() -> leex:file(F, [return]) end) || F <- ["dir", "."]] end),  % expect: [{{error,[{"./dir.xrl",[{none,leex,{file_error,eisdir}}]}],[]},"./dir.xrl: illegal operation on a directory\n"},{{error,[{"./..xrl",[{none,leex,{file_error,enoent}}]}],[]},"./..xrl: no such file or directory\n"}]
    show(fun() -> [printed(fun() -> leex:file("es", [O, return]) end) || O <- [{scannerfile, "dir.xrl"}, {scannerfile, "no/es.erl"}, {scannerfile, "other"}, {scannerfile, other}, {includefile, "nosuch"}, {includefile, "dir.xrl"}]] end),  % expect: [{{error,[{"./es.xrl",[{none,leex,{file_error,eisdir}}]}],[]},"./es.xrl: illegal operation on a directory\n"},{{error,[{"./es.xrl",[{none,leex,{file_error,enoent}}]}],[]},"./es.xrl: no such file or directory\n"},{{ok,"other",[]},[]},{{ok,"other",[]},[]},{{error,[{"nosuch",[{none,leex,{file_error,enoent}}]}],[]},"nosuch: no such file or directory\n"},{{error,[{"dir.xrl",[{none,leex,{file_error,eisdir}}]}],[]},"dir.xrl: illegal operation on a directory\n"}]
    show(fun() -> [counted(made(S, [verbose])) || S <- ["Definitions.\nRules.\na : b.\n[a-z]+ : c.\n(ab|ac)*d? : e.\nErlang code.\n", "Definitions.\nRules.\n[a : b.\n"]] end),  % expect: [{{ok,"./g.erl"},"Parsing file ./g.xrl, contained 3 rules.\nNFA contains N states, DFA contains N states, minimised to N states.\nWriting file ./g.erl, ok\n"},{error,"Parsing file ./g.xrl, ./g.xrl:3: bad regexp `unterminated ['\n"}]
    show(fun() -> counted(made("Definitions.\nRules.\n(a|b)*abb : b.\nErlang code.\n", [verbose, dfa_graph])) end),  % expect: {{ok,"./g.erl"},"Parsing file ./g.xrl, contained 1 rules.\nNFA contains N states, DFA contains N states, minimised to N states.\nWriting file ./g.erl, ok\nWriting DFA to file ./g.dot, ok\n"}
    show(fun() -> [try leex:file("es", O) catch C:R -> {C, R} end || O <- [foo, [{verbose, sometimes}], time, [{scannerfile, 12}]]] end),  % expect: [{error,badarg},{error,badarg},{error,badarg},{error,badarg}]
    show(fun() -> [lists:flatten(leex:format_error(E)) || E <- [cannot_parse, missing_defs, missing_rules, {file_error, enoent}, {regexp, {char_class, "b-a"}}]] end).  % expect: ["cannot parse; probably encoding mismatch","missing Definitions","missing Rules","no such file or directory","bad regexp `illegal character class \"b-a\"'"]

made(Text) -> made(Text, [return]).

made(Text, Options) ->
    ok = file:write_file("g.xrl", Text),
    printed(fun() -> leex:file("g", Options) end).

%% How many states there are depends on how automata are made of regular expressions, and made smaller.
counted({Answer, Text}) -> {Answer, re:replace(Text, "\\d+ states", "N states", [global, {return, list}])}.

scanner(Module, Text) ->
    Name = atom_to_list(Module),
    ok = file:write_file(Name ++ ".xrl", Text),
    Answer = leex:file(Name, [return]),
    {ok, Module, Code} = compile:file(Name, [binary]),
    {module, Module} = code:load_binary(Module, Name ++ ".erl", Code),
    Answer.

%% Every answer until the pieces are used up; what is left goes before the next piece.
fed(F, Pieces) -> fed(F, [], Pieces).

fed(_, _, []) -> [];
fed(F, Cont, [Piece | Rest]) ->
    case sc:F(Cont, Piece) of
        {more, Cont1} -> [more | fed(F, Cont1, Rest)];
        {done, Answer, eof} -> [{Answer, eof}];
        {done, Answer, Left} -> [{Answer, Left} | fed(F, [], [Left | Rest])]
    end.

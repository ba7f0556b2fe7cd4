%% What generated parsers answer: values, errors with their places and words, tokens that come from a function.
-module(yecc_parsers).
-include("../show.hrl").
-include("../printed.hrl").
-include("grammars.hrl").

start() -> within("yecc_parsers", fun parsers/0).

parsers() ->
    show(fun() -> parser(calc, ?CALCULATOR) end),  % expect: {ok,"calc.erl",[]}
    show(fun() -> lists:sort(calc:module_info(exports)) end),  % expect: [{format_error,1},{line,0},{module_info,0},{module_info,1},{parse,1},{parse_and_scan,1}]
    show(fun() -> calc:line() end),  % expect: 39
    show(fun() -> [text(calc, T) || T <- ["1", "1 + 2 * 3", "(1 + 2) * 3", "1 - 2 - 3", "- 1 + 2", "- 1 * 2", "a, b, 3", "1 == 2"]] end),  % expect: [{ok,[1]},{ok,[{'+',1,{'*',2,3}}]},{ok,[{'*',{'+',1,2},3}]},{ok,[{'-',{'-',1,2},3}]},{ok,[{'+','$undefined',2}]},{ok,[{'*','$undefined',2}]},{ok,[a,b,3]},{ok,[{'==',1,2}]}]
    show(fun() -> text(calc, "1 == 2 == 3") end),  % expect: {error,{1,calc,"syntax error before: '=='"}}
    show(fun() -> [text(calc, T) || T <- ["(1", "1 2", "", "1,", ")", "1 + ?", "1 if", "1 .", "1 ->"]] end),  % expect: [{error,{1,calc,"syntax error before: "}},{error,{1,calc,"syntax error before: 2"}},{{error,{1,calc,"syntax error before: "}},{error,{999999,calc,"syntax error before: "}}},{error,{1,calc,"syntax error before: "}},{error,{1,calc,"syntax error before: ')'"}},{error,{1,calc,"syntax error before: '?'"}},{error,{1,calc,"syntax error before: 'if'"}},{error,{1,calc,"syntax error before: '.'"}},{error,{1,calc,"syntax error before: '->'"}}]
    show(fun() -> [text(calc, T) || T <- ["\"a\nb\"", "1 + $x", "1 + 2.5", "1 + Var", "1 + 'A b' c", "1 + #a"]] end),  % expect: [{error,{1,calc,"syntax error before: \"a\\nb\""}},{error,{1,calc,"syntax error before: $x"}},{error,{1,calc,"syntax error before: 2.5"}},{error,{1,calc,"syntax error before: Var"}},{error,{1,calc,"syntax error before: c"}},{error,{1,calc,"syntax error before: '#'"}}]
    %% What tokens are called that no scanner gives.
    show(fun() -> [parse(calc, [{K, 1, V}]) || K <- [var, string, char, foo], V <- [a, 'A b', 1, -1, "abc", [1024], [a], {x}, <<"b">>]] end),  % expect: [{error,{1,calc,"syntax error before: a"}},{error,{1,calc,"syntax error before: A b"}},{error,{1,calc,"syntax error before: {var,1,1}"}},{error,{1,calc,"syntax error before: {var,1,-1}"}},{error,{1,calc,"syntax error before: abc"}},{error,{1,calc,"syntax error before: {var,1,[1024]}"}},{error,{1,calc,"syntax error before: {var,1,[a]}"}},{error,{1,calc,"syntax error before: {var,1,{x}}"}},{error,{1,calc,"syntax error before: b"}},{error,{1,calc,"syntax error before: {string,1,a}"}},{error,{1,calc,"syntax error before: {string,1,'A b'}"}},{error,{1,calc,"syntax error before: {string,1,1}"}},{error,{1,calc,"syntax error before: {string,1,-1}"}},{error,{1,calc,"syntax error before: \"abc\""}},{error,{1,calc,[115,121,110,116,97,120,32,101,114,114,111,114,32,98,101,102,111,114,101,58,32,34,1024,34]}},{error,{1,calc,[115,121,110,116,97,120,32,101,114,114,111,114,32,98,101,102,111,114,101,58,32,34,a,34]}},{error,{1,calc,"syntax error before: {string,1,{x}}"}},{error,{1,calc,"syntax error before: {string,1,<<\"b\">>}"}},{error,{1,calc,"syntax error before: {char,1,a}"}},{error,{1,calc,"syntax error before: {char,1,'A b'}"}},{error,{1,calc,"syntax error before: $\\001"}},{error,{1,calc,"syntax error before: {char,1,-1}"}},{error,{1,calc,"syntax error before: {char,1,\"abc\"}"}},{error,{1,calc,"syntax error before: {char,1,[1024]}"}},{error,{1,calc,"syntax error before: {char,1,[a]}"}},{error,{1,calc,"syntax error before: {char,1,{x}}"}},{error,{1,calc,"syntax error before: {char,1,<<\"b\">>}"}},{error,{1,calc,"syntax error before: a"}},{error,{1,calc,"syntax error before: 'A b'"}},{error,{1,calc,"syntax error before: 1"}},{error,{1,calc,"syntax error before: -1"}},{error,{1,calc,"syntax error before: \"abc\""}},{error,{1,calc,"syntax error before: [1024]"}},{error,{1,calc,"syntax error before: [a]"}},{error,{1,calc,"syntax error before: {x}"}},{error,{1,calc,"syntax error before: <<\"b\">>"}}]
    show(fun() -> [parse(calc, [{foo, A}]) || A <- [{1, 2}, a, {a, b}, [], [x], [{location, 3}], [{text, "ab"}, {location, {4, 5}}], -1]] end),  % expect: [{error,{{1,2},calc,"syntax error before: foo"}},{error,{a,calc,"syntax error before: foo"}},{error,{{a,b},calc,"syntax error before: foo"}},{error,{undefined,calc,"syntax error before: foo"}},{error,{undefined,calc,"syntax error before: foo"}},{error,{3,calc,"syntax error before: foo"}},{error,{{4,5},calc,"syntax error before: ab"}},{error,{-1,calc,"syntax error before: foo"}}]
    show(fun() -> [lists:flatten(calc:format_error(M)) || M <- ["abc", ["ab", [$c]], ["a", b], <<"a">>, {some, thing}, [-1], []]] end),  % expect: ["abc","abc","[[97],b]","<<97>>","{some,thing}","[-1]",[]]
    show(fun() -> text(calc, "1 +\n  returned") end),  % expect: {error,{2,calc,"returned"}}
    show(fun() -> text(calc, "boom") end),  % expect: {error,boom}
    show(fun() -> text(calc, "1 + thrown )") end),  % expect: {throw,x}
    %% With columns and with the text of tokens, with an end and without.
    show(fun() -> places("1 == 2 == 3") end),  % expect: [{{error,{{1,8},calc,"syntax error before: '=='"}},{error,{{1,8},calc,"syntax error before: '=='"}}},{{error,{{1,8},calc,"syntax error before: =="}},{error,{{1,8},calc,"syntax error before: =="}}}]
    show(fun() -> places("(1") end),  % expect: [{{error,{{1,2},calc,"syntax error before: "}},{error,{{1,3},calc,"syntax error before: "}}},{{error,{{1,3},calc,"syntax error before: "}},{error,{{1,3},calc,"syntax error before: "}}}]
    show(fun() -> places("") end),  % expect: [{{error,{999999,calc,"syntax error before: "}},{error,{{1,1},calc,"syntax error before: "}}},{{error,{999999,calc,"syntax error before: "}},{error,{{1,1},calc,"syntax error before: "}}}]
    show(fun() -> places("1 + \"a\nb\" c") end),  % expect: [{{error,{{1,5},calc,"syntax error before: \"a\\nb\""}},{error,{{1,5},calc,"syntax error before: \"a\\nb\""}}},{{error,{{1,5},calc,"syntax error before: \"a\nb\""}},{error,{{1,5},calc,"syntax error before: \"a\nb\""}}}]
    show(fun() -> places("returned") end),  % expect: [{{error,{{1,1},calc,"returned"}},{error,{{1,1},calc,"returned"}}},{{error,{[{text,"returned"},{location,{1,1}}],calc,"returned"}},{error,{[{text,"returned"},{location,{1,1}}],calc,"returned"}}}]
    show(fun() -> [parse(calc, T) || T <- [foo, [foo], [{integer, 1}], [{integer, 1, 2} | x], [{'$end', 3}], [{integer}], [{}]]] end),  % expect: [{error,function_clause},{error,badarg},{error,function_clause},{error,function_clause},{error,{3,calc,"syntax error before: "}},{error,badarg},{error,badarg}]
    show(fun() -> [parse(calc, T) || T <- [[{integer, a, 2}, {',', b}], [{integer, 1, 2}, {x, 1, 2, 3}], [{foo, 1}], [{integer, 1, 1}, {foo, {2, 3}, "s"}]]] end),  % expect: [{error,{b,calc,"syntax error before: "}},{error,{1,calc,"syntax error before: {x,1,2,3}"}},{error,{1,calc,"syntax error before: foo"}},{error,{{2,3},calc,"syntax error before: \"s\""}}]
    show(fun() -> [parse(calc, T) || T <- [[{integer, 1, 1}, {'$end', 4}, {integer, 1, 1}], [{atom, 1, {x, y}}], [{atom, 1, 1}, {atom, 2, {x, y}}]]] end),  % expect: [{ok,[1]},{ok,[{x,y}]},{error,{2,calc,"syntax error before: {atom,2,{x,y}}"}}]
    show(fun() -> [parse(calc, [{integer, 1, 1}, T]) || T <- [{char, 2, $a}, {char, 2, foo}, {string, 2, "ab\n"}, {string, 2, [1]}, {string, 2, foo}, {string, 2, "\x{400}"}]] end),  % expect: [{error,{2,calc,"syntax error before: $a"}},{error,{2,calc,"syntax error before: {char,2,foo}"}},{error,{2,calc,"syntax error before: \"ab\\n\""}},{error,{2,calc,"syntax error before: \"\\001\""}},{error,{2,calc,"syntax error before: {string,2,foo}"}},{error,{2,calc,[115,121,110,116,97,120,32,101,114,114,111,114,32,98,101,102,111,114,101,58,32,34,1024,34]}}]
    show(fun() -> [parse(calc, [{integer, 1, 1}, T]) || T <- [{var, 2, 'A'}, {var, 2, "foo"}, {dot, 2}, {dot, 2, 3}, {float, 2, foo}, {reserved_symbol, 2, 'if'}]] end),  % expect: [{error,{2,calc,"syntax error before: A"}},{error,{2,calc,"syntax error before: foo"}},{error,{2,calc,"syntax error before: '.'"}},{error,{2,calc,"syntax error before: 3"}},{error,{2,calc,"syntax error before: foo"}},{error,{2,calc,"syntax error before: 'if'"}}]
    show(fun() -> [parse(calc, [{integer, 1, 1}, T]) || T <- [{white, 2, " "}, {'A b', 2}, {"s", 2}, {1, 2}, {foo, 2, [a, 1.5, "x"]}, {y, {a, b}}, {y, -3}]] end),  % expect: [{error,{2,calc,"syntax error before: \" \""}},{error,{2,calc,"syntax error before: 'A b'"}},{error,{2,calc,"syntax error before: {\"s\",2}"}},{error,{2,calc,"syntax error before: {1,2}"}},{error,{2,calc,"syntax error before: [a,1.5,\"x\"]"}},{error,{{a,b},calc,"syntax error before: y"}},{error,{-3,calc,"syntax error before: y"}}]
    show(fun() -> [lists:flatten(calc:format_error(M)) || M <- ["abc", ["a ", "b"], foo, {a, "b"}, [], ["syn", $x, [8364]]]] end),  % expect: ["abc","a b","foo","{a,[98]}",[],[115,121,110,120,8364]]
    %% Tokens from a function.
    One = {ok, [{integer, 1, 1}], 1},
    show(fun() -> scanned([One, {ok, [{'+', 2}, {integer, 2, 4}], 2}, {eof, 3}]) end),  % expect: {{ok,[{'+',1,4}]},0}
    show(fun() -> [scanned(L) || L <- [[{eof, 1}], [One, {eof, 1}], [One, {error, foo, 3}], [{error, {3, erl_scan, foo}, 3}], [One, {ok, [], 2}, {eof, 2}]]] end),  % expect: [{{error,{1,calc,"syntax error before: "}},0},{{ok,[1]},0},{{error,foo},0},{{error,{3,erl_scan,"foo"}},0},{{ok,[1]},0}]
    show(fun() -> [scanned(L) || L <- [[One, foo], [One, {error, foo}], [{ok, [{integer, 1, 1}, {'$end', 1}], 1}, One], [{ok, [{integer, 1, 1}, {'+', 1}], 1}, {eof, {5, 6}}]]] end),  % expect: [{{error,{case_clause,foo}},0},{{error,{case_clause,{error,foo}}},0},{{ok,[1]},1},{{error,{{5,6},calc,"syntax error before: "}},0}]
    show(fun() -> [scanned(L) || L <- [[{ok, [{integer, 1, 1}, {foo, 1}], 1}, {eof, 5}], [{ok, [{integer, 1, 1}, {'+', 1}], 1}, {eof, [{location, 3}]}]]] end),  % expect: [{{error,{1,calc,"syntax error before: foo"}},1},{{error,{3,calc,"syntax error before: "}},0}]
    show(fun() -> [caught(fun() -> calc:parse_and_scan(A) end) || A <- [{erlang, apply, [fun() -> {eof, 1} end, []]}, foo, {foo, 1}]] end),  % expect: [{error,{1,calc,"syntax error before: "}},{error,function_clause},{error,badarg}]
    show(fun() -> parser(ended, "Nonterminals a. Terminals x 'Y'. Rootsymbol a. Endsymbol stop. a -> x x : {'$1', '$2'}. a -> x 'Y' : return_error(at, {some, thing}).") end),  % expect: {ok,"ended.erl",[]}
    show(fun() -> [parse(ended, T) || T <- [[{x, 1}, {x, 2}], [{x, 1}, {x, 2}, {stop, 2}], [{x, 1}, {stop, 2}], [{x, 1}, {'$end', 2}], [{x, 1}, {'Y', 2}]]] end),  % expect: [{error,{2,ended,"syntax error before: "}},{ok,{{x,1},{x,2}}},{error,{2,ended,"syntax error before: stop"}},{error,{2,ended,"syntax error before: "}},{error,{at,ended,"{some,thing}"}}]
    %% Reductions that come before an error is found; the code of a rule is on the lines of the grammar.
    show(fun() -> parser(early, "Nonterminals s a b c. Terminals x y z w. Rootsymbol s.\ns -> a y : {s, '$1'}. s -> b z. s -> c w : c.\na -> x : put(log, [a | get(log)]), a.\n"
                                "b -> x : put(log, [b | get(log)]), b.\nc -> x x : put(log, [c | get(log)]),\n   c.\n") end),  % expect: {ok,"early.erl",[]}
    show(fun() -> [logged([{S, 1} || S <- T]) || T <- [[x, y], [x, z], [x, w], [x], [x, x, w], [x, x, z], [x, foo]]] end),  % expect: [{{ok,{s,a}},[a]},{{ok,'$undefined'},[b]},{{error,{1,early,"syntax error before: w"}},[b]},{{error,{1,early,"syntax error before: "}},[b]},{{ok,c},[c]},{{error,{1,early,"syntax error before: z"}},[c]},{{error,{1,early,"syntax error before: foo"}},[b]}]
    show(fun() -> parser(places, "Nonterminals s. Terminals x. Rootsymbol s.\ns -> x : a, error('$1').\nErlang code.\n") end),  % expect: {ok,"places.erl",[]}
    show(fun() -> try places:parse([{x, 1}]) catch error:_:Stack -> hd([File || {places, _, _, L} <- Stack, {file, File} <- L]) end end),  % expect: "places.yrl"
    %% A grammar without much: no values, empty phrases, symbols that need quotes.
    show(fun() -> parser(small, "Nonterminals 'A b' opt 13. Terminals 'z q' case '.'. Rootsymbol 'A b'. 'A b' -> opt 13 '.'. opt -> '$empty'. opt -> 'z q'. 13 -> case.") end),  % expect: {ok,"small.erl",[]}
    show(fun() -> [parse(small, [{S, 1} || S <- T]) || T <- [['case', '.'], ['z q', 'case', '.'], ['z q', '.'], []]] end).  % expect: [{ok,'$undefined'},{ok,'$undefined'},{error,{1,small,"syntax error before: '.'"}},{error,{999999,small,"syntax error before: "}}]

text(Module, Text) ->
    {ok, Tokens, End} = erl_scan:string(Text),
    Ended = parse(Module, Tokens ++ [{'$end', End}]),
    case parse(Module, Tokens) of
        Ended -> Ended;
        Other -> {Ended, Other}
    end.

places(Text) ->
    [begin
         {ok, Tokens, End} = erl_scan:string(Text, {1, 1}, Options),
         {parse(calc, Tokens), parse(calc, Tokens ++ [{'$end', End}])}
     end || Options <- [[], [text]]].

parse(Module, Tokens) -> caught(fun() -> Module:parse(Tokens) end).

caught(F) -> try flat(F()) catch C:R -> {C, R} end.

scanned(Answers) ->
    put(answers, Answers),
    Next = fun() -> case get(answers) of [First | Rest] -> put(answers, Rest), First; [] -> empty end end,
    {caught(fun() -> calc:parse_and_scan({Next, []}) end), length(get(answers))}.

logged(Tokens) ->
    put(log, []),
    {parse(early, Tokens), get(log)}.

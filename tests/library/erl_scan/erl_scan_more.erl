%% Continuations, reserved words, symbols and places of tokens.
-module(erl_scan_more).
-include("../show.hrl").

start() ->
    show(fun() -> erl_scan:tokens([], "a. b", 1) end),  % expect: {done,{ok,[{atom,1,a},{dot,1}],1},"b"}
    show(fun() -> erl_scan:tokens([], "a. b", {1, 1}, [text]) end),  % expect: {done,{ok,[{atom,[{text,"a"},{location,{1,1}}],a},{dot,[{text,". "},{location,{1,2}}]}],{1,4}},"b"}
    show(fun() -> continued(["a", " b", ". c"]) end),  % expect: {done,{ok,[{atom,1,a},{atom,1,b},{dot,1}],1},"c"}
    show(fun() -> continued(["\"abc", "def\". "]) end),  % expect: {done,{ok,[{string,1,"abcdef"},{dot,1}],1},[]}
    show(fun() -> continued(["a", eof]) end),  % expect: {done,{ok,[{atom,1,a}],1},eof}
    %% Wherever a long text is cut to be read.
    Forms = "f('a b', \"c\\x41\", $\\n, 16#fF, 1.5e3, Var)-> a:b. % c\n'e.\nf'. x.y\n",
    show(fun() -> lists:usort([erl_scan:tokens([], "%" ++ lists:duplicate(N, $a) ++ "\n" ++ Forms, 1) || N <- lists:seq(940, 1030) ++ lists:seq(1990, 2050)]) end),  % expect: [{done,{ok,[{atom,2,f},{'(',2},{atom,2,'a b'},{',',2},{string,2,"cA"},{',',2},{char,2,10},{',',2},{integer,2,255},{',',2},{float,2,1.5e3},{',',2},{var,2,'Var'},{')',2},{'->',2},{atom,2,a},{':',2},{atom,2,b},{dot,2}],2},"% c\n'e.\nf'. x.y\n"}]
    show(fun() -> {done, _, Rest} = erl_scan:tokens([], Forms, 1), lists:usort([erl_scan:tokens([], lists:duplicate(N, $\s) ++ Rest, 1) || N <- lists:seq(1000, 1030)]) end),  % expect: [{done,{ok,[{atom,2,'e.\nf'},{dot,3}],3},"x.y\n"}]
    show(fun() -> [lists:usort([element(2, erl_scan:tokens([], lists:duplicate(1016, $\n) ++ Bad ++ lists:duplicate(M, $\s), 1)) || M <- [0, 5, 200]]) || Bad <- ["a \x{1}. ", "16#g. ", "1.0e. ", "37#1. ", "\"abc\\x{110000}\". "]] end),  % expect: [[{ok,[{atom,1017,a},{dot,1017}],1017}],[{error,{1017,erl_scan,{illegal,integer}},1017}],[{error,{1017,erl_scan,{illegal,float}},1017}],[{error,{1017,erl_scan,{base,37}},1017}],[{error,{1017,erl_scan,{illegal,character}},1017}]]
    show(fun() -> length(lists:flatten(element(2, lists:foldl(fun(_, {Text, Acc}) -> {done, {ok, [{atom, 1, A} | _], _}, Rest} = erl_scan:tokens([], Text, 1), {Rest, [A | Acc]} end, {lists:append(lists:duplicate(500, "abc, def. ")), []}, lists:seq(1, 500))))) end),  % expect: 500
    show(fun() -> [try erl_scan:tokens(C, T, 1) catch E:R -> {E, R} end || {C, T} <- [{[], foo}, {[], <<"a. ">>}, {[], [a]}, {[], [$a | b]}, {[], [-1]}, {element(2, erl_scan:tokens([], "a", 1)), foo}]] end),  % expect: [{error,function_clause},{error,function_clause},{error,function_clause},{error,function_clause},{error,function_clause},{error,function_clause}]
    show(fun() -> erl_scan:tokens([], eof, 3) end),  % expect: {done,{eof,3},eof}
    show(fun() -> place(erl_scan:tokens([], "a b\n c", {1, 1}, [])) end),  % expect: {2,2}
    show(fun() -> [erl_scan:f_reserved_word(W) || W <- ['case', 'end', foo, 'maybe', 'andalso']] end),  % expect: [true,true,false,false,true]
    show(fun() -> [erl_scan:reserved_word(W) || W <- ['case', 'fun', foo, 'try', when_not]] end),  % expect: [true,true,false,true,false]
    show(fun() -> [erl_scan:end_location(T) || T <- element(2, erl_scan:string("abc \"d\ne\"", {1, 1}, [text]))] end),  % expect: [{1,4},{2,3}]
    show(fun() -> [erl_scan:end_location(T) || T <- element(2, erl_scan:string("abc", 1))] end),  % expect: [undefined]
    show(fun() -> [{erl_scan:category(T), erl_scan:symbol(T), erl_scan:line(T), erl_scan:column(T), erl_scan:location(T), erl_scan:text(T)} || T <- element(2, erl_scan:string("a X 1 1.5 \"s\" ( case $c", {1, 1}, [text]))] end),  % expect: [{atom,a,1,1,{1,1},"a"},{var,'X',1,3,{1,3},"X"},{integer,1,1,5,{1,5},"1"},{float,1.5,1,7,{1,7},"1.5"},{string,"s",1,11,{1,11},"\"s\""},{'(','(',1,15,{1,15},"("},{'case','case',1,17,{1,17},"case"},{char,99,1,22,{1,22},"$c"}]
    show(fun() -> erl_scan:string("a %c", 1, [return_comments]) end),  % expect: {ok,[{atom,1,a},{comment,1,"%c"}],1}
    show(fun() -> erl_scan:string("a %c\n b", 1, [return_white_spaces]) end),  % expect: {ok,[{atom,1,a},{white_space,1," "},{white_space,1,"\n "},{atom,2,b}],2}
    show(fun() -> erl_scan:string("case", 1, [{reserved_word_fun, fun(_) -> false end}]) end),  % expect: {ok,[{atom,1,'case'}],1}
    show(fun() -> [{erl_scan:string(S), S} || S <- ["$", "\"abc", "'abc", "3#4", "\\", "a@b", "?x", "\"\\x{110000}\""]] end),  % expect: [{{error,{1,erl_scan,char},1},"$"},{{error,{1,erl_scan,{string,34,"abc"}},1},"\"abc"},{{error,{1,erl_scan,{string,39,"abc"}},1},"'abc"},{{error,{1,erl_scan,{illegal,integer}},1},"3#4"},{{ok,[{'\\',1}],1},"\\"},{{ok,[{atom,1,a@b}],1},"a@b"},{{ok,[{'?',1},{atom,1,x}],1},"?x"},{{error,{1,erl_scan,{illegal,character}},1},"\"\\x{110000}\""}]
    show(fun() -> [lists:flatten(erl_scan:format_error(E)) || {error, {_, erl_scan, E}, _} <- [erl_scan:string(S) || S <- ["$", "\"abc", "'abc", "37#1", "\"\\x{110000}\""]]] end),  % expect: ["unterminated character","unterminated string starting with \"abc\"","unterminated atom starting with 'abc'","illegal base '37'","illegal character"]
    show(fun() -> erl_scan:string(foo) end),  % expect: error function_clause
    show(fun() -> erl_scan:string("a", foo) end).  % expect: error function_clause

continued(Parts) -> continued([], Parts).
continued(_, []) -> more;
continued(C, [P | Ps]) ->
    case erl_scan:tokens(C, P, 1) of
        {more, C1} -> continued(C1, Ps);
        Done -> Done
    end.

place({more, C}) -> erl_scan:continuation_location(C).

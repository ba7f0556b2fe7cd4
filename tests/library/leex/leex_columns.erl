% reference: OTP 27
%% Where tokens are, with their columns.
-module(leex_columns).
-include("../show.hrl").

-define(SCANNER,
"Definitions.
Rules.
[a-z]+ : {token, {TokenChars, TokenLine, TokenCol}}.
[0-9]+ : {token, {TokenLoc, TokenLen}}.
[\\x{400}-\\x{4ff}] : {token, {cyr, TokenLoc}}.
\"[^\"]*\" : {token, {TokenChars, TokenLoc}}.
[\\s\\t\\n]+ : skip_token.
\\. : {end_token, {dot, TokenLoc}}.
! : {error, \"bang\"}.
@ : {skip_token, \"ab\"}.
Erlang code.
").

start() ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "leex_columns_" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    ok = file:make_dir(Dir),
    {ok, Old} = file:get_cwd(),
    ok = file:set_cwd(Dir),
    try columns() after file:set_cwd(Old), file:del_dir_r(Dir) end.

columns() ->
    %% The rules know columns whatever the answers have.
    show(fun() -> scanner(lines, []) end),  % expect: {ok,"./lines.erl",[]}
    show(fun() -> lines:string("ab 12\n c\n\n34") end),  % expect: {ok,[{"ab",1,1},{{1,4},2},{"c",2,2},{{4,1},2}],4}
    show(fun() -> lines:string("ab 12\n c", 7) end),  % expect: {ok,[{"ab",7,1},{{7,4},2},{"c",8,2}],8}
    show(fun() -> [lines:string("ab ?"), lines:string("ab\n !")] end),  % expect: [{error,{1,lines,{illegal,"?"}},1},{error,{2,lines,{user,"bang"}},2}]
    show(fun() -> scanner(cols, [{error_location, column}]) end),  % expect: {ok,"./cols.erl",[]}
    show(fun() -> cols:string("ab 12\n c\n\n34") end),  % expect: {ok,[{"ab",1,1},{{1,4},2},{"c",2,2},{{4,1},2}],{4,3}}
    show(fun() -> cols:string("ab c", {7, 10}) end),  % expect: {ok,[{"ab",7,10},{"c",7,13}],{7,14}}
    show(fun() -> cols:string("\"a\nbc\"12") end),  % expect: {ok,[{"\"a\nbc\"",{1,1}},{{2,4},2}],{2,6}}
    show(fun() -> [cols:string("ab ?"), cols:string("ab\n \"x\ny"), cols:string("")] end),  % expect: [{error,{{1,4},cols,{illegal,"?"}},{1,4}},{error,{{2,2},cols,{illegal,"\"x\ny"}},{3,2}},{ok,[],{1,1}}]
    %% A character is as wide as its bytes, a tab as the option says.
    show(fun() -> cols:string("\x{416}\x{417}a\tb") end),  % expect: {ok,[{cyr,{1,1}},{cyr,{1,3}},{"a",1,5},{"b",1,14}],{1,15}}
    show(fun() -> scanner(tabs, [{error_location, column}, {tab_size, 2}]) end),  % expect: {ok,"./tabs.erl",[]}
    show(fun() -> tabs:string("\ta") end),  % expect: {ok,[{"a",1,3}],{1,4}}
    %% Token by token, from pieces.
    show(fun() -> [cols:token([], "ab c"), cols:token([], " . ", {2, 3}), cols:token([], eof, {2, 3})] end),  % expect: [{done,{ok,{"ab",1,1},{1,3}}," c"},{done,{ok,{dot,{2,4}},{2,5}}," "},{done,{eof,{2,3}},eof}]
    show(fun() -> {more, More} = cols:token([], "a", {2, 3}), cols:token(More, "b\n", {9, 9}) end),  % expect: {done,{ok,{"ab",2,3},{2,5}},"\n"}
    show(fun() -> [cols:tokens([], "ab c. d", {2, 3}), cols:tokens([], "a ! b. c")] end),  % expect: [{done,{ok,[{"ab",2,3},{"c",2,6},{dot,{2,7}}],{2,8}}," d"},{done,{error,{{1,4},cols,{user,"bang"}},{1,7}}," c"}]
    show(fun() -> [try leex:file("cols", O) catch C:R -> {C, R} end || O <- [{error_location, here}, {tab_size, 0}, {tab_size, a}]] end).  % expect: [{error,badarg},{error,badarg},{error,badarg}]

scanner(Module, Options) ->
    Name = atom_to_list(Module),
    ok = file:write_file(Name ++ ".xrl", ?SCANNER),
    Answer = leex:file(Name, [return | Options]),
    {ok, Module, Code} = compile:file(Name, [binary]),
    {module, Module} = code:load_binary(Module, Name ++ ".erl", Code),
    Answer.

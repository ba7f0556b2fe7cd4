%% Reading from a device on a file: lines, characters, terms, formats, forms.
-module(io_input).
-include("../show.hrl").

start() ->
    show(fun() -> all("one\ntwo\nlast", fun(D) -> io:get_line(D, "") end) end),  % expect: ["one\n","two\n","last",eof]
    show(fun() -> all("", fun(D) -> io:get_line(D, "") end) end),  % expect: [eof]
    show(fun() -> all("abcdefg", fun(D) -> io:get_chars(D, "", 3) end) end),  % expect: ["abc","def","g",eof]
    show(fun() -> once("abc", fun(D) -> io:get_chars(D, '', 0) end) end),  % expect: []
    show(fun() -> once([208, 182, 226, 130, 172], fun(D) -> io:setopts(D, [{encoding, utf8}]), io:get_chars(D, "", 2) end) end),  % expect: [1078,8364]
    show(fun() -> once("abc\n", fun(D) -> io:setopts(D, [binary]), [io:getopts(D), io:get_line(D, "")] end) end),  % expect: [[{binary,true},{encoding,latin1}],<<"abc\n">>]
    show(fun() -> once("abc\n", fun(D) -> io:setopts(D, [list]), io:getopts(D) end) end),  % expect: [{binary,false},{encoding,latin1}]
    show(fun() -> once("abc\n", fun(D) -> io:setopts(D, [nonsense]) end) end),  % expect: {error,enotsup}
    show(fun() -> once("abc\n", fun(D) -> io:setopts(D, foo) end) end),  % expect: {error,{request,{setopts,foo}}}
    show(fun() -> once("abc", fun(D) -> [io:columns(D), io:rows(D)] end) end),  % expect: [{error,enotsup},{error,enotsup}]
    show(fun() -> all("a. {b, \"c\"}.\n[1,\n2]. ", fun(D) -> io:read(D, "") end) end),  % expect: [{ok,a},{ok,{b,"c"}},{ok,[1,2]},eof]
    show(fun() -> all("a b. c.", fun(D) -> io:read(D, "") end) end),  % expect: [{error,{1,erl_parse,["syntax error before: ","b"]}},{ok,c},eof]
    show(fun() -> all("a", fun(D) -> io:read(D, "") end) end),  % expect: [{error,{1,erl_parse,["syntax error before: ",[]]}},eof]
    show(fun() -> all("$\n. \"x\". 'y z'. #{a => 1}. <<1,2>>. fun a:b/1. -3. 1.5e3. 16#ff.", fun(D) -> io:read(D, "") end) end),  % expect: [{ok,10},{ok,"x"},{ok,'y z'},{ok,#{a => 1}},{ok,<<1,2>>}]
    show(fun() -> all("X. ", fun(D) -> io:read(D, "") end) end),  % expect: [{error,{1,erl_parse,"bad term"}},eof]
    show(fun() -> all("f(x). ", fun(D) -> io:read(D, "") end) end),  % expect: [{error,{1,erl_parse,"bad term"}},eof]
    show(fun() -> all("\"open", fun(D) -> io:read(D, "") end) end),  % expect: [{error,{1,erl_scan,{string,34,"open"}}},eof]
    show(fun() -> all("a.\nb.\n", fun(D) -> io:read(D, "", 5) end) end),  % expect: [{ok,a,6},{ok,b,6},{eof,5}]
    show(fun() -> all("a.\n b.\n", fun(D) -> io:read(D, "", {1, 1}) end) end),  % expect: [{ok,a,{2,1}},{ok,b,{2,1}},{eof,{1,1}}]
    show(fun() -> all("a b.\n", fun(D) -> io:read(D, "", {1, 1}) end) end),  % expect: [{error,{{1,3},erl_parse,["syntax error before: ","b"]},{2,1}},{eof,{1,1}}]
    show(fun() -> all("a.\n b.\n", fun(D) -> io:read(D, "", 1, []) end) end),  % expect: [{ok,a,2},{ok,b,2},{eof,1}]
    show(fun() -> once("no_such_atom_in_the_node_yet.\n", fun(D) -> io:read(D, "", 1, [{reserved_word_fun, fun(_) -> false end}]) end) end),  % expect: {ok,no_such_atom_in_the_node_yet,2}
    show(fun() -> once("12 34\n56", fun(D) -> io:fread(D, "", "~d~d~d") end) end),  % expect: {ok,"\f\"8"}
    show(fun() -> all("12 ab\n34 cd\n", fun(D) -> io:fread(D, "", "~d~s") end) end),  % expect: [{ok,[12,"ab"]},{ok,[34,"cd"]},eof]
    show(fun() -> once("x", fun(D) -> io:fread(D, "", "~d") end) end),  % expect: {error,{fread,integer}}
    show(fun() -> once("12", fun(D) -> io:fread(D, "", "~d~d") end) end),  % expect: {error,{fread,input}}
    show(fun() -> once("", fun(D) -> io:fread(D, "", "~d") end) end),  % expect: eof
    show(fun() -> once("1.5 atom c 255", fun(D) -> io:fread(D, "", "~f~a~c~c~u") end) end),  % expect: {error,{fread,unsigned}}
    show(fun() -> once("12,13", fun(D) -> io:fread(D, "", "~d,~d") end) end),  % expect: {ok,"\f\r"}
    show(fun() -> once("12", fun(D) -> io:fread(D, "", "~q") end) end),  % expect: {error,{fread,format}}
    show(fun() -> all("foo(X) -> X.\nbar.\n", fun(D) -> io:scan_erl_exprs(D, "") end) end),  % expect: [{ok,[{atom,1,foo},{'(',1},{var,1,'X'},{')',1},{'->',1},{var,1,'X'},{dot,1}],2},{ok,[{atom,1,bar},{dot,1}],2},{eof,1}]
    show(fun() -> once("a.", fun(D) -> io:scan_erl_exprs(D, "", 3) end) end),  % expect: {ok,[{atom,3,a},{dot,3}],3}
    show(fun() -> once("a.", fun(D) -> io:scan_erl_exprs(D, "", {3, 4}) end) end),  % expect: {ok,[{atom,{3,4},a},{dot,{3,5}}],{3,6}}
    show(fun() -> once("a.", fun(D) -> io:scan_erl_exprs(D, "", {3, 4}, [text]) end) end),  % expect: {ok,[{atom,[{text,"a"},{location,{3,4}}],a},{dot,[{text,"."},{location,{3,5}}]}],{3,6}}
    show(fun() -> once("a %c\n.", fun(D) -> io:scan_erl_exprs(D, "", 1, [return]) end) end),  % expect: {ok,[{atom,1,a},{white_space,1," "},{comment,1,"%c"},{white_space,1,"\n"},{dot,2}],2}
    show(fun() -> once("\"open", fun(D) -> io:scan_erl_exprs(D, "") end) end),  % expect: {error,{1,erl_scan,{string,34,"open"}},1}
    show(fun() -> once("-module(m).", fun(D) -> io:scan_erl_form(D, "") end) end),  % expect: {ok,[{'-',1},{atom,1,module},{'(',1},{atom,1,m},{')',1},{dot,1}],1}
    show(fun() -> once("-module(m).", fun(D) -> io:scan_erl_form(D, "", 2) end) end),  % expect: {ok,[{'-',2},{atom,2,module},{'(',2},{atom,2,m},{')',2},{dot,2}],2}
    show(fun() -> once("-module(m).", fun(D) -> io:scan_erl_form(D, "", 2, []) end) end),  % expect: {ok,[{'-',2},{atom,2,module},{'(',2},{atom,2,m},{')',2},{dot,2}],2}
    show(fun() -> all("X + 1, foo. y.", fun(D) -> io:parse_erl_exprs(D, "") end) end),  % expect: [{ok,[{op,1,'+',{var,1,'X'},{integer,1,1}},{atom,1,foo}],1},{ok,[{atom,1,y}],1},{eof,1}]
    show(fun() -> once("X + 1.", fun(D) -> io:parse_erl_exprs(D, "", 4) end) end),  % expect: {ok,[{op,4,'+',{var,4,'X'},{integer,4,1}}],4}
    show(fun() -> once("X + 1.", fun(D) -> io:parse_erl_exprs(D, "", {1, 1}, []) end) end),  % expect: {ok,[{op,{1,3},'+',{var,{1,1},'X'},{integer,{1,5},1}}],{1,7}}
    show(fun() -> once("X + .", fun(D) -> io:parse_erl_exprs(D, "") end) end),  % expect: {error,{1,erl_parse,["syntax error before: ","'.'"]},1}
    show(fun() -> all("-module(m).\nf(X) -> X.\n", fun(D) -> io:parse_erl_form(D, "") end) end),  % expect: [{ok,{attribute,1,module,m},2},{ok,{function,1,f,1,[{clause,1,[{var,1,'X'}],[],[{var,1,'X'}]}]},2},{eof,1}]
    show(fun() -> once("f(X) -> X.", fun(D) -> io:parse_erl_form(D, "", 4) end) end),  % expect: {ok,{function,4,f,1,[{clause,4,[{var,4,'X'}],[],[{var,4,'X'}]}]},4}
    show(fun() -> once("f(X) -> X.", fun(D) -> io:parse_erl_form(D, "", {1, 1}, []) end) end),  % expect: {ok,{function,{1,1},f,1,[{clause,{1,1},[{var,{1,3},'X'}],[],[{var,{1,9},'X'}]}]},{1,11}}
    show(fun() -> once("f(X) -> .", fun(D) -> io:parse_erl_form(D, "") end) end),  % expect: {error,{1,erl_parse,["syntax error before: ","'.'"]},1}
    show(fun() -> once("abc", fun(D) -> io:get_password(D) end) end).  % expect: {error,{request,{get_password,unicode}}}

once(Text, F) ->
    Name = filename:join(os:getenv("TMPDIR", "/tmp"), "io_input_" ++ os:getpid()),
    ok = file:write_file(Name, Text),
    {ok, D} = file:open(Name, [read]),
    R = F(D),
    ok = file:close(D),
    ok = file:delete(Name),
    R.

%% Until the end of the device, five times at most.
all(Text, F) -> once(Text, fun(D) -> all(D, F, 5) end).
all(_, _, 0) -> [];
all(D, F, N) ->
    case F(D) of
        eof -> [eof];
        {eof, _} = E -> [E];
        R -> [R | all(D, F, N - 1)]
    end.

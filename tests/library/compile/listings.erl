%% `compile`: the options that answer a listing of the forms instead of code.
-module(listings).
-include("../show.hrl").

start() ->
    ok = file:make_dir("out"),
    ok = file:write_file("lst.hrl", "-record(r, {a = 1 :: integer(), b}).\n"),
    ok = file:write_file("lst.erl",
        "-module(lst).\n-export([f/1]).\n-include(\"lst.hrl\").\n-define(M(X), {m, X}).\n-spec f(#r{}) -> term().\n"
        "f(#r{a = A}) when A > 1 ->\n    Unused = ?LINE,\n    {?M(A), #r{}, #r.b}.\n"),
    show(fun() -> ask(['P']) end),  % expect: {{ok,[]},["lst.P"]}
    show(fun() -> text("lst.P") end),  % expect: <<"-file(\"lst.erl\", 1).\n\n-module(lst).\n\n-export([f/1]).\n\n-file(\"lst.hrl\", 1).\n\n-record(r,{a = 1 :: integer(), b}).\n\n-file(\"lst.erl\", 4).\n\n-spec f(#r{}) -> term().\n\nf(#r{a = A}) when A > 1 ->\n    Unused = 7,\n    {{m, A}, #r{}, #r.b}.\n\n\n\n">>
    show(fun() -> ask(['E', return]) end),  % expect: {{ok,[],[{"lst.erl",[{{7,5},erl_lint,{unused_var,'Unused'}}]}]},["lst.E"]}
    show(fun() -> text("lst.E") end),  % expect: <<"-file(\"lst.erl\", 1).\n\n-module(lst).\n\n-export([f/1]).\n\n-file(\"lst.hrl\", 1).\n\n-record(r,{a = 1 :: integer(), b}).\n\n-file(\"lst.erl\", 4).\n\n-spec f(#r{}) -> term().\n\nf({r, A, _}) when A > 1 ->\n    Unused = 7,\n    {{m, A}, {r, 1, undefined}, 3}.\n\n\n\n">>
    show(fun() -> ask([dpp]) end),  % expect: {{ok,[]},["lst.pp"]}
    show(fun() -> terms("lst.pp") end),  % expect: [{attribute,{1,1},file,{"lst.erl",1}},{attribute,{1,2},module,lst},{attribute,{2,2},export,[{f,1}]},{attribute,{1,1},file,{"lst.hrl",1}},{attribute,{1,2},record,{r,[{typed_record_field,{record_field,{1,13},{atom,{1,13},a},{integer,{1,17},1}},{type,{1,22},integer,[]}},{record_field,{1,33},{atom,{1,33},b}}]}},{attribute,{4,1},file,{"lst.erl",4}},{attribute,{5,2},spec,{{f,1},[{type,{5,8},'fun',[{type,{5,8},product,[{type,{5,9},record,[{atom,{5,10},r}]}]},{type,{5,18},term,[]}]}]}},{function,{6,1},f,1,[{clause,{6,1},[{record,{6,3},r,[{record_field,{6,6},{atom,{6,6},a},{var,{6,10},'A'}}]}],[[{op,{6,21},'>',{var,{6,19},'A'},{integer,{6,23},1}}]],[{match,{7,5},{var,{7,5},'Unused'},{integer,{7,15},7}},{tuple,{8,5},[{tuple,{8,7},[{atom,{8,7},m},{var,{8,9},'A'}]},{record,{8,13},r,[]},{record_index,{8,19},r,{atom,{8,22},b}}]}]}]},{eof,{9,1}}]
    show(fun() -> ask([dabstr, {outdir, "out"}]) end),  % expect: {{ok,[]},["lst.abstr"]}
    show(fun() -> terms("out/lst.abstr") =:= terms("lst.pp") end),  % expect: true
    show(fun() -> ask([to_pp]) end),  % expect: {{ok,[]},["lst.P"]}
    show(fun() -> kinds(ask([to_pp, binary])) end),  % expect: {ok,[],[attribute,attribute,attribute,attribute,attribute,attribute,attribute,function,eof]}
    show(fun() -> kinds(ask(['P', binary])) end),  % expect: {ok,[],[attribute,attribute,attribute,attribute,attribute,attribute,attribute,function,eof]}
    show(fun() -> kinds(ask([to_exp, binary])) end),  % expect: {ok,[],[attribute,attribute,attribute,attribute,attribute,attribute,attribute,function,eof]}
    show(fun() -> kinds(ask([dpp, binary, return])) end),  % expect: {ok,[],[attribute,attribute,attribute,attribute,attribute,attribute,attribute,function,eof],[]}
    show(fun() -> element(3, ask(['P', binary, {error_location, line}])) end),  % expect: [{attribute,1,file,{"lst.erl",1}},{attribute,1,module,lst},{attribute,2,export,[{f,1}]},{attribute,1,file,{"lst.hrl",1}},{attribute,1,record,{r,[{typed_record_field,{record_field,1,{atom,1,a},{integer,1,1}},{type,1,integer,[]}},{record_field,1,{atom,1,b}}]}},{attribute,4,file,{"lst.erl",4}},{attribute,5,spec,{{f,1},[{type,5,'fun',[{type,5,product,[{type,5,record,[{atom,5,r}]}]},{type,5,term,[]}]}]}},{function,6,f,1,[{clause,6,[{record,6,r,[{record_field,6,{atom,6,a},{var,6,'A'}}]}],[[{op,6,'>',{var,6,'A'},{integer,6,1}}]],[{match,7,{var,7,'Unused'},{integer,7,7}},{tuple,8,[{tuple,8,[{atom,8,m},{var,8,'A'}]},{record,8,r,[]},{record_index,8,r,{atom,8,b}}]}]}]},{eof,9}]
    show(fun() -> ask([basic_validation]) end),  % expect: {ok,[]}
    show(fun() -> ask([basic_validation, binary, return]) end),  % expect: {ok,[],[{"lst.erl",[{{7,5},erl_lint,{unused_var,'Unused'}}]}]}
    show(fun() -> ask([strong_validation]) end),  % expect: {ok,lst}
    show(fun() -> ask(['P', return_forms]) end),  % expect: {ok,[]}
    show(fun() -> ask([warnings_as_errors, 'P', return]) end),  % expect: {error,[],[{"lst.erl",[{{7,5},erl_lint,{unused_var,'Unused'}}]}]}
    show(fun() -> ask([{outdir, "nowhere"}, 'P', return_errors]) end),  % expect: {error,[{"nowhere/lst.P",[{none,compile,{write_error,enoent}}]}],[{"lst.erl",[{{7,5},erl_lint,{unused_var,'Unused'}}]}]}
    show(fun() -> ask([{outdir, "nowhere"}, dpp, return]) end),  % expect: {error,[{"nowhere/lst.pp",[{none,compile,{write_error,enoent}}]}],[]}
    %% Forms have the name of their module, and those with errors are listed by the preprocessor only.
    show(fun() -> compile:forms(forms(), ['P']) end),  % expect: {ok,[],[{attribute,1,module,lf},{attribute,1,export,[{f,0}]},{function,1,f,0,[{clause,1,[],[],[{atom,1,ok}]}]}]}
    show(fun() -> file:read_file("lf.P") end),  % expect: {ok,<<"-module(lf).\n\n-export([f/0]).\n\nf() ->\n    ok.\n\n">>}
    show(fun() -> compile:forms(forms(), [basic_validation, return]) end),  % expect: {ok,[],[]}
    show(fun() -> file:write_file("lst.erl", "-module(lst).\nf() -> ?NONE.\ng() -> +.\n") end),  % expect: ok
    show(fun() -> ask([dpp, binary]) end),  % expect: {ok,[],[{attribute,{1,1},file,{"lst.erl",1}},{attribute,{1,2},module,lst},{error,{{2,9},epp,{undefined,'NONE',none}}},{error,{{3,9},erl_parse,["syntax error before: ","'.'"]}},{eof,{4,1}}]}
    show(fun() -> ask(['P', return]) end).  % expect: {error,[{"lst.erl",[{{2,9},epp,{undefined,'NONE',none}},{{3,9},erl_parse,["syntax error before: ","'.'"]}]}],[]}

%% The answer, and the files that are new.
ask(Opts) ->
    Before = files(),
    Answer = compile:file("lst", Opts),
    case files() -- Before of
        [] -> Answer;
        New -> {Answer, New}
    end.

files() -> [F || Dir <- [".", "out"], F <- element(2, file:list_dir(Dir)), lists:suffix(code:objfile_extension(), F) =:= false].

text(File) ->
    {ok, Bytes} = file:read_file(File),
    file:delete(File),
    Bytes.

terms(File) ->
    {ok, Terms} = file:consult(File),
    Terms.

kinds({Answer, New}) when is_list(New) -> {kinds(Answer), New};
kinds({ok, [], Forms}) -> {ok, [], [element(1, F) || F <- Forms]};
kinds({ok, [], Forms, Warnings}) -> {ok, [], [element(1, F) || F <- Forms], Warnings}.

forms() -> [{attribute, 1, module, lf}, {attribute, 1, export, [{f, 0}]}, {function, 1, f, 0, [{clause, 1, [], [], [{atom, 1, ok}]}]}].

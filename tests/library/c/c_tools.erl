%% Commands whose work other modules do: the parser generator and the cross reference.
-module(c_tools).
-include("../show.hrl").
-include("../printed.hrl").

start() ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "c_tools_" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    ok = file:make_dir(Dir),
    {ok, Old} = file:get_cwd(),
    ok = file:set_cwd(Dir),
    ok = file:write_file("g.yrl", "Nonterminals a b. Terminals x. Rootsymbol a. a -> x."),
    show(fun() -> printed(fun() -> c:y("no_such_file") end) end),  % expect: {error,"no_such_file.yrl: no such file or directory\n"}
    show(fun() -> printed(fun() -> c:y("no_such_file", []) end) end),  % expect: {error,"no_such_file.yrl: no such file or directory\n"}
    show(fun() -> printed(fun() -> c:y("g") end) end),  % expect: {{ok,"g.erl"},"g.yrl:1:16: Warning: non-terminal symbol b not used\n"}
    show(fun() -> printed(fun() -> c:y(g, [{parserfile, "p"}, return]) end) end),  % expect: {{ok,"p.erl",[{"g.yrl",[{{1,16},yecc,{unused_nonterminal,b}}]}]},"g.yrl:1:16: Warning: non-terminal symbol b not used\n"}
    show(fun() -> printed(fun() -> c:xm(no_such_module) end) end),  % expect: {{error,xref_utils,{no_such_module,no_such_module}},[]}
    ok = file:set_cwd(Old),
    file:del_dir_r(Dir).

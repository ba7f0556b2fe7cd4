%% Where the source of an object file is looked for.
-module(filelib_sources).
-include("../show.hrl").

start() ->
    put(cwd, element(2, file:get_cwd())),
    file:set_cwd(dir()),
    show(fun() -> found(["x.beam"], ["x.erl", "y.erl"]) end),  % expect: [{"x.beam",["./x.erl",not_found]}]
    show(fun() -> found(["ebin/x.beam"], ["ebin/x.erl", "src/x.erl", "esrc/x.erl", "src/a/x.erl", "src/a/b/x.erl", "lib/x.erl", "src/x.asn1"]) end),  % expect: [{"ebin/x.beam",["ebin/x.erl","src/x.erl","esrc/x.erl","src/a/x.erl","src/x.asn1",not_found]}]
    show(fun() -> found(["e/x.beam", "e/myebin/x.beam"], ["e/src/x.erl", "e/mysrc/x.erl"]) end),  % expect: [{"e/x.beam",[not_found]},{"e/myebin/x.beam",["e/mysrc/x.erl",not_found]}]
    show(fun() -> found(["priv/x.so", "priv/x.o", "ebin/x.so", "priv/bin/x.so"], ["c_src/x.c", "src/x.c", "esrc/x.c", "priv/bin/c_src/x.c"]) end),  % expect: [{"priv/x.so",["c_src/x.c","src/x.c",not_found]},{"priv/x.o",[not_found]},{"ebin/x.so",["esrc/x.c",not_found]},{"priv/bin/x.so",[not_found]}]
    show(fun() -> found(["x.erl"], ["x.yrl", "x.xrl"]) end),  % expect: [{"x.erl",["./x.yrl",not_found]}]
    show(fun() -> found(["ebin/x", "priv/x"], ["src/x", "src/x.src", "esrc/x.src", "c_src/x.c", "esrc/x.c", "src/x.c", "c_src/x.in", "src/a/x.in"]) end),  % expect: [{"ebin/x",["src/x.src","esrc/x.src","esrc/x.c","src/a/x.in",not_found]},{"priv/x",["c_src/x.c","src/x.c","c_src/x.in",not_found]}]
    show(fun() -> [filelib:wildcard(P) || make("a/b/w.txt") =:= ok, P <- ["././a", "a/./b/*", "./a/././b/w.txt", "./.", ".", "a/../a/./b"]] end),  % expect: [["a"],["a/b/w.txt"],["a/b/w.txt"],["."],["."],["a/../a/b"]]
    show(fun() -> found(["x", "x.foo"], ["x.in", "src/x.foo"]) end),  % expect: [{"x",["./x.in",not_found]},{"x.foo",[not_found]}]
    show(fun() -> by_rules("x.beam", "ebin", [[{".beam", ".erl"}], [{".beam", ".erl", []}], [{".beam", ".erl", [{"ebin", "src"}]}], [{"", "", [{"ebin", "src"}]}]]) end),  % expect: [{error,not_found},{error,not_found},{ok,"src/x.erl"},{error,not_found}]
    show(fun() -> by_rules("y.beam", "ebin", [[{".beam", ".erl", []}], [{".beam", ".erl", [{"ebin", "src"}]}, {"ebin", "src"}], [], [{".beam", ".foo", []}, {".beam", ".erl", []}]]) end),  % expect: [{ok,"ebin/y.erl"},{ok,"ebin/y.erl"},{ok,"ebin/y.erl"},{ok,"ebin/y.erl"}]
    show(fun() -> [filelib:find_file("x.erl", "ebin", Rules) || Rules <- [[], [{"ebin", "src"}], [{"bin", "x"}], [{"ebin", "s*"}], [{".beam", ".erl", [{"ebin", "src"}]}]]] end),  % expect: [{ok,"src/x.erl"},{ok,"src/x.erl"},{error,not_found},{ok,"src/x.erl"},{error,not_found}]
    show(fun() -> [filelib:find_file("y.erl", "ebin", Rules) || Rules <- [[], [{"ebin", "src"}], [{"", ""}]]] end),  % expect: [{ok,"ebin/y.erl"},{ok,"src/y.erl"},{ok,"ebin/y.erl"}]
    show(fun() -> [filelib:find_file("x.erl", "ebin/"), filelib:find_file("y.erl", "ebin"), filelib:find_file("z.erl", "ebin")] end),  % expect: [{error,not_found},{ok,"ebin/y.erl"},{error,not_found}]
    show(fun() -> filelib:find_file("x.erl", ebin) end),  % expect: error badarg
    show(fun() -> filelib:find_source("x.beam", ebin) end),  % expect: error badarg
    show(fun() -> with_rules([{".beam", ".erl", [{"ebin", "alt"}]}]) end),  % expect: [{ok,"alt/x.erl"},{error,not_found},{error,not_found}]
    show(fun() -> with_rules([{"ebin", "alt"}]) end),  % expect: [{error,not_found},{ok,"alt/x.erl"},{error,not_found}]
    file:set_cwd(get(cwd)),
    os:cmd("rm -r " ++ dir()).

%% What is found for each name as long as something is: what was found is taken away.
found(Names, Files) ->
    [make(F) || F <- Files ++ Names],
    Answer = [{Name, all_found(Name, Names)} || Name <- Names],
    [file:delete(F) || F <- Files ++ Names],
    Answer.

all_found(Name, Names) ->
    case filelib:find_source(Name) of
        {ok, F} ->
            case lists:member(F, Names) of
                true -> [F];
                false -> ok = file:delete(F), [F | all_found(Name, Names)]
            end;
        {error, Why} -> [Why]
    end.

make(F) ->
    ok = filelib:ensure_dir(F),
    ok = file:write_file(F, "").

by_rules(Name, Dir, AllRules) ->
    [make(F) || F <- ["src/x.erl", "src/y.erl", "ebin/y.erl"]],
    [filelib:find_source(Name, Dir, Rules) || Rules <- AllRules].

with_rules(Rules) ->
    make("alt/x.erl"),
    application:set_env(kernel, source_search_rules, Rules),
    Answer = [filelib:find_source("ebin/x.beam"), filelib:find_file("x.erl", "ebin"), filelib:find_source("ebin/x.o")],
    application:unset_env(kernel, source_search_rules),
    Answer.

dir() ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "filelib_sources_" ++ os:getpid()),
    _ = file:make_dir(Dir),
    Dir.

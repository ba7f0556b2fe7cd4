%% Functions of filelib that are given the module that reads files.
-module(filelib_more).
-include("../show.hrl").

start() ->
    put(cwd, element(2, file:get_cwd())),
    file:set_cwd(dir()),
    file:write_file("one.txt", "12345"),
    file:make_dir("sub"),
    show(fun() -> [filelib:is_file(F, file) || F <- ["one.txt", "sub", "nothing"]] end),  % expect: [true,true,false]
    show(fun() -> [filelib:is_regular(F, file) || F <- ["one.txt", "sub", "nothing"]] end),  % expect: [true,false,false]
    show(fun() -> [filelib:is_dir(F, file) || F <- ["one.txt", "sub", "nothing"]] end),  % expect: [false,true,false]
    show(fun() -> [filelib:file_size(F, file) || F <- ["one.txt", "nothing"]] end),  % expect: [5,0]
    show(fun() -> [is_tuple(filelib:last_modified("one.txt", file)), filelib:last_modified("nothing", file)] end),  % expect: [true,0]
    show(fun() -> filelib:wildcard("*.txt", ".", file) end),  % expect: ["one.txt"]
    show(fun() -> filelib:fold_files(".", "txt", true, fun(F, A) -> [F | A] end, [], file) end),  % expect: ["./one.txt"]
    show(fun() -> filelib:is_file(foo, bar) end),  % expect: error undef
    file:set_cwd(get(cwd)),
    os:cmd("rm -r " ++ dir()).

dir() ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "filelib_more_" ++ os:getpid()),
    _ = file:make_dir(Dir),
    Dir.

%% Functions that OTP 26 and 27 added to code. Coverage is a matter of native code: without it the functions answer as on a system of OTP without it.
% reference: OTP 27
-module(code_27).
-include("../show.hrl").

start() ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "code_27_" ++ os:getpid()),
    [A, B] = [filename:join(Dir, D) || D <- ["a", "b"]],
    [ok = filelib:ensure_path(D) || D <- [A, B]],
    Old = code:get_path(),
    show(fun() -> code:add_path(A, cache) end),  % expect: true
    show(fun() -> [lists:last(code:get_path()) =:= A, code:add_pathz(B, nocache), lists:last(code:get_path()) =:= B] end),  % expect: [true,true,true]
    show(fun() -> [code:add_patha(B, cache), hd(code:get_path()) =:= B] end),  % expect: [true,true]
    show(fun() -> code:add_patha("/nonexistent/dir", cache) end),  % expect: {error,bad_directory}
    show(fun() -> code:del_paths([A, B]) end),  % expect: ok
    show(fun() -> code:get_path() -- Old end),  % expect: []
    show(fun() -> [code:add_paths([A, B], cache), lists:nthtail(length(code:get_path()) - 2, code:get_path()) =:= [A, B]] end),  % expect: [ok,true]
    show(fun() -> [code:add_pathsa([A, B], nocache), lists:sublist(code:get_path(), 2) =:= [B, A]] end),  % expect: [ok,true]
    show(fun() -> [code:add_pathsz([A, B], cache), lists:sublist(code:get_path(), 2) =:= [B, A]] end),  % expect: [ok,true]
    show(fun() -> [code:set_path(Old, cache), code:get_path() =:= Old] end),  % expect: [true,true]
    show(fun() -> code:set_path(["/nonexistent/dir", foo, 7], nocache) end),  % expect: {error,bad_directory}
    show(fun() -> code:clear_cache() end),  % expect: ok
    show(fun() -> code:coverage_support() end),  % expect: false
    show(fun() -> code:get_coverage_mode() end),  % expect: error badarg
    show(fun() -> code:get_coverage_mode(lists) end),  % expect: error badarg
    show(fun() -> code:get_coverage(function, lists) end),  % expect: error badarg
    show(fun() -> code:reset_coverage(lists) end),  % expect: error badarg
    show(fun() -> code:set_coverage_mode(line) end),  % expect: error badarg
    [file:del_dir(D) || D <- [A, B, Dir]].

%% Stripping files and releases.
-module(beam_lib_strip).
-include("../show.hrl").

start() ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "beam_lib_strip_" ++ os:getpid()),
    Ebin = filename:join([Dir, "lib", "app-1", "ebin"]),
    ok = filelib:ensure_path(Ebin),
    [ok = file:write_file(filename:join(Ebin, M ++ ".erl"), ["-module(", M, ").\n-export([f/0]).\nf() -> ", M, ".\n"]) || M <- ["one", "two"]],
    Files = [filename:join(Ebin, "one"), filename:join(Ebin, "two")],
    show(fun() -> [compile:file(F, [debug_info, {outdir, Ebin}]) || F <- Files] end),  % expect: [{ok,one},{ok,two}]
    show(fun() -> beam_lib:strip_files([]) end),  % expect: {ok,[]}
    show(fun() -> kind(beam_lib:strip_files(["/nonexistent/file"])) end),  % expect: {error,file_error}
    show(fun() -> kind(beam_lib:strip_files(["/nonexistent/file"], ["Docs"])) end),  % expect: {error,file_error}
    show(fun() -> [has_debug_info(F) || F <- Files] end),  % expect: [true,true]
    show(fun() -> named(beam_lib:strip_files([hd(Files)])) end),  % expect: [{one,"one"}]
    show(fun() -> [has_debug_info(F) || F <- Files] end),  % expect: [false,true]
    show(fun() -> named(beam_lib:strip_files(tl(Files), ["Dbgi"])) end),  % expect: [{two,"two"}]
    show(fun() -> [has_debug_info(F) || F <- Files] end),  % expect: [false,true]
    show(fun() -> named(beam_lib:strip_release(Dir, ["Dbgi"])) end),  % expect: [{one,"one"},{two,"two"}]
    show(fun() -> named(beam_lib:strip_release(Dir)) end),  % expect: [{one,"one"},{two,"two"}]
    show(fun() -> [has_debug_info(F) || F <- Files] end),  % expect: [false,false]
    show(fun() -> [runs(F) || F <- Files] end),  % expect: [one,two]
    show(fun() -> beam_lib:strip_release("/nonexistent/dir") end),  % expect: {error,beam_lib,{not_a_directory,"/nonexistent/dir"}}
    show(fun() -> beam_lib:strip_release("/nonexistent/dir", []) end),  % expect: {error,beam_lib,{not_a_directory,"/nonexistent/dir"}}
    file:del_dir_r(Dir).

kind({error, beam_lib, Why}) -> {error, element(1, Why)}.

named({ok, All}) -> lists:sort([{M, filename:basename(filename:rootname(F))} || {M, F} <- All]).

has_debug_info(File) ->
    case beam_lib:chunks(File, [abstract_code]) of
        {ok, {_, [{abstract_code, no_abstract_code}]}} -> false;
        {ok, {_, [{abstract_code, {_, _}}]}} -> true;
        Other -> Other
    end.

runs(File) ->
    {module, M} = code:load_abs(File),
    A = M:f(),
    code:purge(M), code:delete(M),
    A.

%% The library's headers through code:lib_dir/1,2 and the functions of files. (The installed release comes without headers.)
% reference: OTP 27
-module(code_tree).
-include("../show.hrl").

start() ->
    show(fun() -> [filelib:is_dir(code:lib_dir(A)) || A <- [kernel, stdlib, compiler, crypto, eunit, syntax_tools, tools, runtime_tools]] end),  % expect: [true,true,true,true,true,true,true,true]
    show(fun() -> filename:basename(code:lib_dir(kernel, include)) end),  % expect: "include"
    show(fun() -> [filelib:is_regular(header(A, H)) || {A, H} <- headers()] end),  % expect: [true,true,true,true,true,true]
    show(fun() -> {ok, Names} = file:list_dir(code:lib_dir(kernel, include)), [lists:member(N, Names) || N <- ["file.hrl", "logger.hrl", "inet.hrl"]] end),  % expect: [true,true,true]
    show(fun() -> filelib:wildcard("eunit.*", code:lib_dir(eunit, include)) end),  % expect: ["eunit.hrl"]
    show(fun() -> {ok, Names} = file:list_dir(code:lib_dir()), lists:member("stdlib", [hd(string:split(N, "-")) || N <- Names]) end),  % expect: true
    show(fun() -> {ok, B} = file:read_file(header(eunit, "eunit.hrl")), {match, _} = re:run(B, "assertEqual"), ok end),  % expect: ok
    show(fun() -> {ok, Info} = file:read_file_info(header(kernel, "file.hrl")), {element(3, Info), element(2, Info) =:= filelib:file_size(header(kernel, "file.hrl"))} end),  % expect: {regular,true}
    show(fun() -> {ok, D} = file:open(header(stdlib, "assert.hrl"), [read]), Line = file:read_line(D), ok = file:close(D), element(1, Line) end),  % expect: ok
    show(fun() -> {ok, D} = file:open(header(stdlib, "assert.hrl"), [read, raw, binary]), R = {file:pread(D, 0, 0), element(1, file:read(D, 5)), file:write(D, "x")}, ok = file:close(D), R end),  % expect: {{ok,<<>>},ok,{error,ebadf}}
    show(fun() -> file:read_file(filename:join(code:lib_dir(eunit, include), "none.hrl")) end),  % expect: {error,enoent}
    show(fun() -> file:read_file(code:lib_dir(eunit, include)) end),  % expect: {error,eisdir}
    show(fun() -> file:list_dir(header(eunit, "eunit.hrl")) end),  % expect: {error,enotdir}
    show(fun() -> file:read_file_info(filename:join(header(eunit, "eunit.hrl"), "x")) end),  % expect: {error,enotdir}
    show(fun() -> code:lib_dir("") end),  % expect: {error,bad_name}
    show(fun() -> compiled("-include(\"eunit.hrl\").\na_test() -> ?assertEqual(1, 1).\n", [{i, code:lib_dir(eunit, include)}]) end),  % expect: [{a_test,0},{module_info,0},{module_info,1},{test,0}]
    show(fun() -> compiled("-include(\"" ++ header(kernel, "file.hrl") ++ "\").\n-export([size/0]).\nsize() -> record_info(size, file_info).\n", []) end).  % expect: [{module_info,0},{module_info,1},{size,0}]

headers() ->
    [{eunit, "eunit.hrl"}, {kernel, "file.hrl"}, {kernel, "logger.hrl"}, {kernel, "inet.hrl"}, {stdlib, "ms_transform.hrl"}, {stdlib, "assert.hrl"}].

header(App, Name) -> filename:join(code:lib_dir(App, include), Name).

compiled(Text, Options) ->
    File = filename:join("/tmp", "code_tree_" ++ os:getpid() ++ ".erl"),
    Name = list_to_atom(filename:basename(File, ".erl")),
    ok = file:write_file(File, ["-module(", atom_to_list(Name), ").\n", Text]),
    try
        {ok, Name, Code} = compile:file(File, [binary | Options]),
        {module, Name} = code:load_binary(Name, File, Code),
        lists:sort(Name:module_info(exports))
    after
        code:purge(Name), code:delete(Name), file:delete(File)
    end.

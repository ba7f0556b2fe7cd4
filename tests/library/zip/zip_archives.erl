%% Archives in files and in memory: made, listed, taken apart, folded over, held open.
-module(zip_archives).
-include("../show.hrl").
-include_lib("stdlib/include/zip.hrl").
-include_lib("kernel/include/file.hrl").

start() ->
    Dir = directory(),
    X = lists:flatten(lists:duplicate(100, "hello ")),
    J = lists:duplicate(100, $j),
    [ok = filelib:ensure_dir(filename:join(Dir, F)) || F <- ["a/b/x", "a/empty/x"]],
    [ok = file:write_file(filename:join(Dir, F), Text) || {F, Text} <- [{"a/x.txt", X}, {"a/b/y.erl", "y"}, {"a/z.jpg", J}]],
    T = filename:join(Dir, "t.zip"),
    {ok, {_, M}} = zip:create("m.zip", [{"m1", <<"one">>}, {"d/m2", <<"two">>}], [memory]),
    show(fun() -> zip:create(T, ["a"], [{cwd, Dir}]) =:= {ok, T} end),  % expect: true
    show(fun() -> element(1, zip:zip(filename:join(Dir, "u.zip"), ["a/x.txt"], [{cwd, Dir}])) end),  % expect: ok
    show(fun() -> {ok, {N, B}} = zip:create("m.zip", [{"m1", <<"one">>}], [memory]), {N, is_binary(B)} end),  % expect: {"m.zip",true}
    show(fun() -> listed(T) end),  % expect: {[],[{"a/",[],0,directory},{"a/b/",[],0,directory},{"a/b/y.erl",[],1,regular},{"a/empty/",[],0,directory},{"a/x.txt",[],600,regular},{"a/z.jpg",[],100,regular}]}
    show(fun() -> listed(M) end),  % expect: {[],[{"d/m2",[],3,regular},{"m1",[],3,regular}]}
    show(fun() -> {ok, L} = zip:table(T), length(L) end),  % expect: 7
    show(fun() -> {ok, L} = zip:extract(T, [memory]), [{F, byte_size(B)} || {F, B} <- lists:sort(L)] end),  % expect: [{"a/b/y.erl",1},{"a/x.txt",600},{"a/z.jpg",100}]
    show(fun() -> {ok, L} = zip:unzip(T, [{cwd, filename:join(Dir, "out")}]), [lists:nthtail(length(Dir), F) || F <- lists:sort(L)] end),  % expect: ["/out/a/b/y.erl","/out/a/x.txt","/out/a/z.jpg"]
    show(fun() -> file:read_file(filename:join(Dir, "out/a/b/y.erl")) end),  % expect: {ok,<<"y">>}
    show(fun() -> file:read_file(filename:join(Dir, "out/a/x.txt")) =:= {ok, list_to_binary(X)} end),  % expect: true
    show(fun() -> zip:extract(T, [{file_list, ["a/b/y.erl", "nofile"]}, memory]) end),  % expect: {ok,[{"a/b/y.erl",<<"y">>}]}
    show(fun() -> zip:extract(T, [{file_filter, fun(#zip_file{name = N}) -> filename:extension(N) =:= ".erl" end}, memory]) end),  % expect: {ok,[{"a/b/y.erl",<<"y">>}]}
    show(fun() -> zip:extract(M, [memory]) end),  % expect: {ok,[{"m1",<<"one">>},{"d/m2",<<"two">>}]}
    show(fun() -> zip:extract(M, [{cwd, filename:join(Dir, "out")}]) =:= {ok, [filename:join([Dir, "out", F]) || F <- ["m1", "d/m2"]]} end),  % expect: true
    %% What is wrong.
    show(fun() -> zip:extract(filename:join(Dir, "nofile.zip")) end),  % expect: {error,enoent}
    show(fun() -> zip:list_dir(filename:join(Dir, "nofile.zip")) end),  % expect: {error,enoent}
    show(fun() -> element(1, zip:extract(<<"junk">>)) end),  % expect: error
    show(fun() -> element(1, zip:list_dir(list_to_binary(J))) end),  % expect: error
    show(fun() -> zip:create(filename:join(Dir, "u.zip"), ["nofile"], [{cwd, Dir}]) end),  % expect: {error,enoent}
    show(fun() -> zip:create(filename:join(Dir, "u.zip"), [{1, 2}]) end),  % expect: {error,einval}
    show(fun() -> zip:create(filename:join(Dir, "u.zip"), ["a/x.txt"], [bad]) end),  % expect: {error,{bad_option,bad}}
    show(fun() -> zip:extract(T, [bad]) end),  % expect: {error,{bad_option,bad}}
    show(fun() -> zip:extract(binary:replace(M, <<"one">>, <<"oen">>), [memory]) end),  % expect: {error,{bad_crc,"m1"}}
    %% Folding: a name, the file's information and its bytes when they are asked for.
    show(fun() -> {ok, L} = zip:foldl(fun(F, I, G, Acc) -> [{F, (I())#file_info.size, byte_size(G())} | Acc] end, [], T), lists:sort(L) end),  % expect: [{"a/",0,0},{"a/b/",0,0},{"a/b/y.erl",1,1},{"a/empty/",0,0},{"a/x.txt",600,600},{"a/z.jpg",100,100}]
    show(fun() -> zip:foldl(fun(F, _, G, Acc) -> [{F, G()} | Acc] end, [], {"m.zip", M}) end),  % expect: {ok,[{"d/m2",<<"two">>},{"m1",<<"one">>}]}
    show(fun() -> zip:foldl(fun(F, Acc) -> [F | Acc] end, [], M) end),  % expect: {error,einval}
    %% Held open.
    show(fun() -> {ok, H} = zip:zip_open(M, [memory]), R = {zip:zip_get("m1", H), zip:zip_get("nope", H), zip:zip_get(H)}, ok = zip:zip_close(H), R end),  % expect: {{ok,{"m1",<<"one">>}},{error,file_not_found},{ok,[{"m1",<<"one">>},{"d/m2",<<"two">>}]}}
    show(fun() -> {ok, H} = zip:zip_open(T), {ok, L} = zip:zip_list_dir(H), ok = zip:zip_close(H), length(L) end),  % expect: 7
    show(fun() -> zip:zip_open(filename:join(Dir, "nofile.zip")) end),  % expect: {error,enoent}
    %% What is stored as it is.
    show(fun() -> sizes(Dir, []) end),  % expect: [{"a/x.txt",true},{"a/z.jpg",true}]
    show(fun() -> sizes(Dir, [{uncompress, [".jpg"]}]) end),  % expect: [{"a/x.txt",true},{"a/z.jpg",false}]
    show(fun() -> sizes(Dir, [{uncompress, {add, [".jpg"]}}]) end),  % expect: [{"a/x.txt",true},{"a/z.jpg",false}]
    show(fun() -> sizes(Dir, [{uncompress, all}]) end),  % expect: [{"a/x.txt",false},{"a/z.jpg",false}]
    show(fun() -> sizes(Dir, [{compress, [".txt"]}]) end),  % expect: [{"a/x.txt",true},{"a/z.jpg",false}]
    show(fun() -> sizes(Dir, [{compress, []}]) end),  % expect: [{"a/x.txt",false},{"a/z.jpg",false}]
    %% Names, times and modes.
    show(fun() -> {ok, {_, B}} = zip:create("u.zip", [{"gr\x{fc}\x{df}\x{3b1}", <<"x">>}], [memory]), zip:extract(B, [memory]) end),  % expect: {ok,[{[103,114,252,223,945],<<"x">>}]}
    show(fun() -> dated({{2020, 1, 2}, {3, 4, 6}}) end),  % expect: {"dated",{{2020,1,2},{3,4,6}},regular,read_write,0,1}
    show(fun() -> {ok, {_, B}} = zip:create("u.zip", [], [memory]), {zip:list_dir(B), zip:extract(B, [memory])} end),  % expect: {{ok,[{zip_comment,[]}]},{ok,[]}}
    file:del_dir_r(Dir).

directory() ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "zip_archives_" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    ok = file:make_dir(Dir),
    Dir.

listed(Archive) ->
    {ok, [#zip_comment{comment = C} | Files]} = zip:list_dir(Archive),
    {C, lists:sort([{N, Text, I#file_info.size, I#file_info.type} || #zip_file{name = N, comment = Text, info = I} <- Files])}.

%% Whether each file is stored smaller than it is.
sizes(Dir, Options) ->
    {ok, {_, B}} = zip:create("s.zip", ["a/x.txt", "a/z.jpg"], [memory, {cwd, Dir} | Options]),
    {ok, [_ | Files]} = zip:list_dir(B),
    [{N, Packed < I#file_info.size} || #zip_file{name = N, comp_size = Packed, info = I} <- Files].

dated(Time) ->
    Info = #file_info{size = 1, type = regular, access = read_write, atime = Time, mtime = Time, ctime = Time, mode = 8#644},
    {ok, {_, B}} = zip:create("d.zip", [{"dated", <<"x">>, Info}], [memory]),
    {ok, [_, #zip_file{name = N, info = I, offset = O, comp_size = S}]} = zip:list_dir(B),
    {N, I#file_info.mtime, I#file_info.type, I#file_info.access, O, S}.

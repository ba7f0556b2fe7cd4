%% Answers recorded from erl; what the file format is for is tested beside.
-module(dets_tests).
-include_lib("eunit/include/eunit.hrl").

dir() -> filename:join("/tmp", "transom_dets_" ++ os:getpid()).

%% Runs with a new table of this type that is closed behind it.
with(Options, Test) ->
    File = filename:join(dir(), "t"),
    ok = filelib:ensure_dir(File),
    {ok, t} = dets:open_file(t, [{file, File} | Options]),
    try Test()
    after
        _ = dets:close(t),
        _ = file:del_dir_r(dir())
    end.

filled(Options, Objects, Test) ->
    with(Options, fun() ->
                          ok = dets:insert(t, Objects),
                          Test()
                  end).

sorted(L) when is_list(L) -> lists:sort(L);
sorted(X) -> X.

%% The class and the reason of an error.
failure(Test) ->
    try Test()
    catch error:{badarg, _} -> badarg; error:R -> R
    end.

keys('$end_of_table') -> [];
keys(Key) -> [Key | keys(dets:next(t, Key))].

again(Options) -> dets:open_file(t, [{file, filename:join(dir(), "t")} | Options]).

sets_test() ->
    ?assertEqual([[{a,3}],[],true,false],
                 filled([], [{a, 1}, {b, 2}, {a, 3}], fun() -> [dets:lookup(t, a), dets:lookup(t, z), dets:member(t, a), dets:member(t, z)] end)),
    ?assertEqual([{a,1},{a,2}], filled([{type, bag}], [{a, 1}, {a, 2}, {a, 1}], fun() -> sorted(dets:lookup(t, a)) end)),
    ?assertEqual([{a,1},{a,1}], filled([{type, duplicate_bag}], [{a, 1}, {a, 1}], fun() -> dets:lookup(t, a) end)),
    ?assertEqual([{y,b}], filled([{keypos, 2}], [{x, a}, {y, b}], fun() -> dets:lookup(t, b) end)),
    ?assertEqual([[{1,a}],[{1.0,b}]], filled([], [{1, a}, {1.0, b}], fun() -> [dets:lookup(t, 1), dets:lookup(t, 1.0)] end)),
    ?assertEqual([false,true,false,[]],
                 filled([], [{a, 1}], fun() -> [dets:insert_new(t, {a, 9}), dets:insert_new(t, {e, 9}), dets:insert_new(t, [{f, 1}, {a, 2}]), dets:lookup(t, f)] end)),
    ?assertEqual([8,7,badarg],
                 filled([], [{a, 3}], fun() -> [dets:update_counter(t, a, 5), dets:update_counter(t, a, {2, -1}), failure(fun() -> dets:update_counter(t, z, 1) end)] end)),
    ?assertEqual([badarg,ok,ok],
                 with([], fun() -> [failure(fun() -> dets:insert(t, foo) end), dets:insert(t, []), dets:insert(t, {a})] end)),
    ?assertEqual(badarg, with([{keypos, 2}], fun() -> failure(fun() -> dets:insert(t, {a}) end) end)).

removal_test() ->
    ?assertEqual([ok,ok,ok,1,[{b,2}]],
                 filled([], [{a, 1}, {b, 2}, {c, 4}, {d, 9}], fun() -> [dets:delete(t, a), dets:delete(t, z), dets:match_delete(t, {'_', 4}), dets:select_delete(t, [{{'$1', '$2'}, [{'>', '$2', 5}], [true]}]), dets:match_object(t, '_')] end)),
    ?assertEqual([ok,[{a,2}]],
                 filled([{type, bag}], [{a, 1}, {a, 2}], fun() -> [dets:delete_object(t, {a, 1}), dets:lookup(t, a)] end)),
    ?assertEqual([ok,[]],
                 filled([{type, duplicate_bag}], [{a, 1}, {a, 1}], fun() -> [dets:delete_object(t, {a, 1}), dets:lookup(t, a)] end)),
    ?assertEqual([ok,0,[]], filled([], [{a, 1}], fun() -> [dets:delete_all_objects(t), dets:info(t, size), dets:lookup(t, a)] end)),
    ?assertEqual(badarg, filled([], [{a, 1}], fun() -> failure(fun() -> dets:select_delete(t, foo) end) end)).

matches_test() ->
    ?assertEqual([[[a,7],[b,2],[c,4]],[{c,4}],[a,c]],
                 filled([], [{a, 7}, {b, 2}, {c, 4}], fun() -> [sorted(dets:match(t, {'$1', '$2'})), dets:match_object(t, {'_', 4}), sorted(dets:select(t, [{{'$1', '$2'}, [{'>', '$2', 3}], ['$1']}]))] end)),
    ?assertEqual([[[a],[b]],'$end_of_table'],
                 filled([], [{a, 7}, {b, 2}], fun() -> {Ms, C} = dets:match(t, {'$1', '_'}, 100), [sorted(Ms), dets:match(C)] end)),
    ?assertEqual([[{a,7},{b,2}],'$end_of_table'],
                 filled([], [{a, 7}, {b, 2}], fun() -> {Ms, C} = dets:match_object(t, {'_', '_'}, default), [sorted(Ms), dets:match_object(C)] end)),
    ?assertEqual([[a,b],'$end_of_table'],
                 filled([], [{a, 7}, {b, 2}], fun() -> {Ms, C} = dets:select(t, [{{'$1', '_'}, [], ['$1']}], 100), [sorted(Ms), dets:select(C)] end)),
    ?assertEqual(badarg, filled([], [{a, 7}], fun() -> failure(fun() -> dets:select(t, foo) end) end)).

walks_test() ->
    ?assertEqual("\t\t",
                 filled([], [{a, 7}, {b, 2}], fun() -> [dets:foldl(fun({_, V}, A) -> V + A end, 0, t), dets:foldr(fun({_, V}, A) -> V + A end, 0, t)] end)),
    ?assertEqual([[{a,7},{b,2}],[],[x],foo],
                 filled([], [{a, 7}, {b, 2}], fun() -> [sorted(dets:traverse(t, fun(X) -> {continue, X} end)), dets:traverse(t, fun(_) -> continue end), dets:traverse(t, fun(_) -> {done, x} end), dets:traverse(t, fun(_) -> foo end)] end)),
    ?assertEqual([a,b], filled([], [{a, 7}, {b, 2}], fun() -> sorted(keys(dets:first(t))) end)),
    ?assertEqual('$end_of_table', with([], fun() -> dets:first(t) end)),
    ?assertEqual(badarg, with([], fun() -> failure(fun() -> dets:slot(t, -1) end) end)),
    ?assertEqual(['$end_of_table',[{a,7},{b,2}]],
                 filled([], [{a, 7}, {b, 2}], fun() -> [dets:slot(t, 1000000), sorted(lists:append([O || I <- lists:seq(0, 255), O <- [dets:slot(t, I)], is_list(O)]))] end)).

moves_test() ->
    ?assertEqual([true,[{a,7}],true,ok,[{a,7},{q,1}]],
                 filled([], [{a, 7}], fun() -> E = ets:new(e, []), [dets:to_ets(t, E) =:= E, ets:tab2list(E), ets:insert(E, {q, 1}), dets:from_ets(t, E), sorted(dets:match_object(t, '_'))] end)),
    ?assertEqual([ok,[{x,1},{y,2}]],
                 filled([], [{a, 7}], fun() -> [dets:init_table(t, fun(read) -> {[{x, 1}, {y, 2}], fun(read) -> end_of_input; (close) -> ok end}; (close) -> ok end), sorted(dets:match_object(t, '_'))] end)),
    ?assertEqual({error,{init_fun,foo}}, with([], fun() -> dets:init_table(t, fun(_) -> foo end) end)).

info_test() ->
    ?assertEqual([1,1,1,set,1,read_write,180000,false,false,undefined],
                 filled([], [{a, 7}], fun() -> [dets:info(t, I) || I <- [size, no_objects, no_keys, type, keypos, access, auto_save, ram_file, safe_fixed, foo]] end)),
    ?assertEqual([type,keypos,size,file_size,filename], with([], fun() -> [K || {K, _} <- dets:info(t)] end)),
    ?assertEqual(undefined, dets:info(nosuch)),
    ?assertEqual(undefined, dets:info(nosuch, size)),
    ?assertEqual([ok,true,ok,false],
                 with([], fun() -> [dets:safe_fixtable(t, true), dets:info(t, safe_fixed) =/= false, dets:safe_fixtable(t, false), dets:info(t, safe_fixed)] end)),
    ?assertEqual([true,{ok,t},undefined,ok],
                 with([], fun() -> [lists:member(t, dets:all()), dets:pid2name(dets:info(t, pid)), dets:pid2name(self()), dets:sync(t)] end)),
    ?assertEqual(true, with([], fun() -> dets:is_compatible_bchunk_format(t, dets:info(t, bchunk_format)) end)).

opening_test() ->
    ?assertEqual([{ok,t},{error,incompatible_arguments},{error,incompatible_arguments},ok],
                 with([], fun() -> [again([]), again([{type, bag}]), dets:open_file(t, [{file, "/tmp/other"}]), dets:close(t)] end)),
    ?assertEqual([badarg,badarg,badarg,badarg],
                 [failure(fun() -> dets:open_file(x, O) end) || O <- [[{type, foo}], [{keypos, 0}], foo, [{foo, 1}]]]),
    ?assertEqual([ok,{ok,t},[{b,2}],ok,type_mismatch,keypos_mismatch],
                 filled([], [{b, 2}], fun() -> [dets:close(t), again([]), dets:lookup(t, b), dets:close(t), element(1, element(2, again([{type, bag}]))), element(1, element(2, again([{keypos, 2}])))] end)),
    ?assertEqual([ok,{error,not_owner},badarg],
                 filled([], [{a, 1}], fun() -> [dets:close(t), dets:close(t), failure(fun() -> dets:lookup(t, a) end)] end)),
    ?assertEqual([true,[{b,2}],ok],
                 filled([], [{b, 2}], fun() -> dets:close(t), {ok, R} = dets:open_file(filename:join(dir(), "t")), [is_reference(R), dets:lookup(R, b), dets:close(R)] end)),
    ?assertEqual([{error,{file_error,"/nosuch",enoent}},{error,{not_a_dets_file,"/etc/passwd"}},{error,{not_a_dets_file,"/etc/passwd"}},{error,{file_error,"/nosuch/dir/x",enoent}}],
                 [dets:open_file("/nosuch"), dets:open_file("/etc/passwd"), dets:open_file(z, [{file, "/etc/passwd"}]), dets:open_file(z, [{file, "/nosuch/dir/x"}])]),
    ?assertEqual([{ok,t},access_mode,access_mode,[{b,2}]],
                 filled([], [{b, 2}], fun() -> dets:close(t), [again([{access, read}]), element(1, element(2, dets:insert(t, {a, 1}))), element(1, element(2, dets:delete(t, a))), dets:lookup(t, b)] end)),
    ?assertEqual([false,{error,{file_error,"/nosuch",enoent}}], [dets:is_dets_file("/etc/passwd"), dets:is_dets_file("/nosuch")]),
    ?assertEqual(true, with([], fun() -> dets:is_dets_file(filename:join(dir(), "t")) end)),
    ?assertEqual([ok,{ok,t},[{a,1}]], filled([{ram_file, true}], [{a, 1}], fun() -> [dets:close(t), again([]), dets:lookup(t, a)] end)),
    ?assertEqual([badarg,badarg,badarg,badarg],
                 [failure(fun() -> F(nosuch, a) end) || F <- [fun dets:lookup/2, fun dets:member/2, fun dets:delete/2, fun dets:slot/2]]).

%% A process that ends closes what it opened.
owners_test() ->
    ok = filelib:ensure_dir(filename:join(dir(), "t")),
    {Pid, Mon} = spawn_monitor(fun() -> {ok, t} = again([]), ok = dets:insert(t, {a, 1}) end),
    receive {'DOWN', Mon, process, Pid, Reason} -> ?assertEqual(normal, Reason) end,
    {ok, t} = again([]),
    ?assertEqual([{a, 1}], dets:lookup(t, a)),
    ok = dets:close(t),
    ok = file:del_dir_r(dir()).

%% What was written whole is there after a crash, what was not is cut off.
crash_test() ->
    File = filename:join(dir(), "t"),
    filled([], [{a, 1}], fun() ->
                                 ok = dets:insert(t, {b, 2}),
                                 {ok, Bytes} = file:read_file(File),
                                 dets:close(t),
                                 ok = file:write_file(File, binary:part(Bytes, 0, byte_size(Bytes) - 1)),
                                 ?assertMatch({error, {needs_repair, File}}, again([{repair, false}])),
                                 {ok, t} = again([]),
                                 ?assertEqual([{a, 1}], dets:match_object(t, '_')),
                                 ok = dets:insert(t, {c, 3}),
                                 dets:close(t),
                                 {ok, t} = again([]),
                                 ?assertEqual([{a, 1}, {c, 3}], lists:sort(dets:match_object(t, '_')))
                         end).

%% The past does not fill the file.
compaction_test() ->
    with([], fun() ->
                     [ok = dets:insert(t, {counter, N}) || N <- lists:seq(1, 1000)],
                     Before = dets:info(t, file_size),
                     dets:close(t),
                     {ok, t} = again([]),
                     ?assertEqual([{counter, 1000}], dets:lookup(t, counter)),
                     ?assert(dets:info(t, file_size) * 50 < Before)
             end).

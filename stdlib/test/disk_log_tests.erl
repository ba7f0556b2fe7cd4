%% Answers recorded from erl; the file format is tested beside.
-module(disk_log_tests).
-include_lib("eunit/include/eunit.hrl").

dir() -> filename:join("/tmp", "transom_disk_log_" ++ os:getpid()).

path(Name) -> filename:join(dir(), Name).

open(Options) -> disk_log:open([{name, l}, {file, path("l")} | Options]).

%% Runs with a new log `l`, which is closed behind it.
with(Options, Test) ->
    ok = filelib:ensure_dir(path("x")),
    {ok, l} = open(Options),
    try Test()
    after
        _ = disk_log:close(l),
        _ = file:del_dir_r(dir())
    end.

wrap(Test) -> with([{type, wrap}, {size, {200, 3}}], Test).

all(Cont) ->
    case disk_log:chunk(l, Cont) of
        eof -> [];
        {Next, Terms} -> Terms ++ all(Next);
        Other -> Other
    end.

names() -> lists:sort(filelib:wildcard("*", dir())).

file(Name) -> file:read_file(path(Name)).

halt_test() ->
    ?assertEqual([ok,ok,ok,ok,ok,ok,[foo,b,{c,1},x,y,z,q]],
                 with([], fun() -> [disk_log:log(l, foo), disk_log:log_terms(l, [b, {c, 1}]), disk_log:alog(l, x), disk_log:alog_terms(l, [y, z]), disk_log:blog(l, term_to_binary(q)), disk_log:sync(l), all(start)] end)),
    ?assertEqual([[a],[b]],
                 with([], fun() -> disk_log:log_terms(l, [a, b]), {C, T1} = disk_log:chunk(l, start, 1), {_, T2} = disk_log:chunk(l, C, 1), [T1, T2] end)),
    ?assertEqual([a,b],
                 with([], fun() -> disk_log:log_terms(l, [a, b]), {_, Bs} = disk_log:bchunk(l, start), [binary_to_term(B) || B <- Bs] end)),
    ?assertEqual([], with([], fun() -> all(start) end)),
    ?assertEqual([ok,[],ok,ok,[head]],
                 with([], fun() -> disk_log:log(l, a), [disk_log:truncate(l), all(start), disk_log:log(l, new), disk_log:truncate(l, head), all(start)] end)),
    ?assertEqual([{error,{full,l}},{error,{full,l}}],
                 with([{size, 60}], fun() -> [disk_log:log(l, lists:duplicate(100, x)), disk_log:log(l, a)] end)),
    ?assertEqual([ok,ok,new_size_too_small,{error,{badarg,size}}],
                 with([], fun() -> [disk_log:log(l, lists:duplicate(100, x)), disk_log:change_size(l, 10000), element(1, element(2, disk_log:change_size(l, 10))), disk_log:change_size(l, foo)] end)),
    ?assertEqual([ok,ok,[],ok,["l","old"],ok,[h]],
                 with([], fun() -> [disk_log:log(l, q), disk_log:reopen(l, path("old")), all(start), disk_log:log(l, r), names(), disk_log:reopen(l, path("old2"), h), all(start)] end)),
    ?assertEqual([[hd],ok,ok,[hd]],
                 with([{head, hd}], fun() -> [all(start), disk_log:log(l, a), disk_log:truncate(l), all(start)] end)),
    ?assertEqual([{error,{halt_log,l}},{error,{not_internal_wrap,l}}],
                 with([], fun() -> [disk_log:inc_wrap_file(l), disk_log:chunk_step(l, start, 1)] end)).

external_test() ->
    ?assertEqual([ok,ok,ok,ok,{error,{format_external,l}},ok,{ok,<<"bytesxyzqr">>},{error,{format_external,l}}],
                 with([{format, external}], fun() -> [disk_log:blog(l, <<"bytes">>), disk_log:blog_terms(l, [<<"x">>, "yz"]), disk_log:balog(l, "q"), disk_log:balog_terms(l, ["r"]), disk_log:log(l, foo), disk_log:sync(l), file("l"), disk_log:chunk(l, start)] end)),
    ?assertEqual([ok,ok,{ok,<<"HD">>},ok,ok,{ok,<<"HB">>}],
                 with([{format, external}], fun() -> [disk_log:blog(l, "a"), disk_log:btruncate(l, "HD"), file("l"), disk_log:truncate(l, x), disk_log:breopen(l, path("old"), "HB"), file("l")] end)).

blocks_test() ->
    ?assertEqual([ok,{error,{blocked_log,l}},{error,{blocked_log,l}},ok,{error,{not_blocked,l}},ok,{error,{blocked_log,l}},[],ok],
                 with([], fun() -> [disk_log:block(l), disk_log:log(l, x), disk_log:block(l), disk_log:unblock(l), disk_log:unblock(l), disk_log:block(l, false), disk_log:log(l, y), all(start), disk_log:unblock(l)] end)),
    ?assertEqual([{error,no_such_log},{error,no_such_log},{error,no_such_log},{error,no_such_log},{error,no_such_log},{error,no_such_log},{error,no_such_log}],
                 [F(nosuch) || F <- [fun disk_log:block/1, fun disk_log:unblock/1, fun disk_log:sync/1, fun disk_log:close/1, fun disk_log:info/1, fun disk_log:truncate/1, fun disk_log:inc_wrap_file/1]]),
    ?assertEqual([{error,no_such_log},{error,no_such_log},{error,{badarg,continuation}}],
                 [F(nosuch, a) || F <- [fun disk_log:log/2, fun disk_log:alog/2, fun disk_log:chunk/2]]).

%% What another process logs waits until the log is free.
queue_test() ->
    with([], fun() ->
                     ok = disk_log:block(l, true),
                     Self = self(),
                     Pid = spawn(fun() -> Self ! {self(), disk_log:log(l, late)} end),
                     receive {Pid, Early} -> error(Early) after 50 -> ok end,
                     ok = disk_log:unblock(l),
                     receive {Pid, Answer} -> ?assertEqual(ok, Answer) end,
                     ?assertEqual([late], all(start))
             end).

opening_test() ->
    ?assertEqual([{ok,l},{error,{arg_mismatch,type,halt,wrap}},{error,{name_already_open,l}},ok],
                 with([], fun() -> [open([]), open([{type, wrap}, {size, {1000, 2}}]), disk_log:open([{name, l}, {file, path("other")}]), disk_log:close(l)] end)),
    ?assertEqual({error,{badarg,name}}, disk_log:open([{file, "x"}])),
    ?assertEqual({error,{badarg,[{foo,1}]}}, disk_log:open([{name, n}, {foo, 1}])),
    ?assertEqual(file_error, element(1, element(2, disk_log:open([{name, n}, {file, "/nosuch/dir/x"}])))),
    ?assertEqual({error,{badarg,size}}, disk_log:open([{name, n}, {size, {1, 2}}])),
    ?assertEqual({error,{badarg,foo}}, disk_log:open(foo)),
    ?assertEqual([ok,ok,{error,no_such_log},{ok,l},[a]],
                 with([], fun() -> [disk_log:log(l, a), disk_log:close(l), disk_log:close(l), open([]), all(start)] end)),
    ?assertEqual([ok,ok,{ok,l},{error,{read_only_mode,l}},[a]],
                 with([], fun() -> [disk_log:log(l, a), disk_log:lclose(l), open([{mode, read_only}]), disk_log:log(l, x), all(start)] end)),
    ?assertEqual(not_a_log_file,
                 with([], fun() -> disk_log:close(l), file:write_file(path("l"), "garbage"), element(1, element(2, open([]))) end)),
    ?assertEqual([true,true,undefined],
                 with([], fun() -> [lists:member(l, disk_log:all()), lists:member(l, element(1, disk_log:accessible_logs())), disk_log:pid2name(self())] end)).

info_test() ->
    ?assertEqual([l,halt,internal,infinity,2,0,none,read_write,ok,false,2],
                 with([], fun() -> disk_log:log_terms(l, [a, b]), [proplists:get_value(K, disk_log:info(l)) || K <- [name, type, format, size, items, users, head, mode, status, full, no_written_items]] end)),
    ?assertEqual([name,file,type,format,size,items,owners,users,head,mode,status,node,full,no_written_items],
                 with([], fun() -> [K || {K, _} <- disk_log:info(l)] end)),
    ?assertEqual([name,file,type,format,size,items,owners,users,head,mode,status,node,no_current_bytes,no_current_items,no_items,no_written_items,current_file,no_overflows],
                 wrap(fun() -> [K || {K, _} <- disk_log:info(l)] end)),
    ?assertEqual({blocked,true},
                 with([], fun() -> disk_log:block(l), S = proplists:get_value(status, disk_log:info(l)), disk_log:unblock(l), S end)).

wraps_test() ->
    ?assertEqual([[a,b,c],["l.1","l.2","l.idx","l.siz"]],
                 wrap(fun() -> disk_log:log_terms(l, [a, b]), disk_log:inc_wrap_file(l), disk_log:log(l, c), [all(start), names()] end)),
    ?assertEqual([4,5],
                 wrap(fun() -> [begin disk_log:log(l, N), disk_log:inc_wrap_file(l) end || N <- lists:seq(1, 5)], all(start) end)),
    ?assertEqual([b],
                 wrap(fun() -> disk_log:log(l, a), disk_log:inc_wrap_file(l), disk_log:log(l, b), {ok, C} = disk_log:chunk_step(l, start, 1), element(2, disk_log:chunk(l, C)) end)),
    ?assertEqual([ok,ok,[h],{error,{badarg,head}}],
                 wrap(fun() -> [disk_log:change_header(l, {head, h}), disk_log:inc_wrap_file(l), all(start), disk_log:change_header(l, foo)] end)),
    ?assertEqual([ok,{error,{badarg,notify}},ok,ok,{wrap,0}],
                 wrap(fun() -> [disk_log:change_notify(l, self(), true), disk_log:change_notify(l, self(), foo), disk_log:log(l, a), disk_log:inc_wrap_file(l), receive {disk_log, _, l, M} -> M after 30000 -> none end] end)),
    ?assertEqual([ok,{300,2}], wrap(fun() -> [disk_log:change_size(l, {300, 2}), proplists:get_value(size, disk_log:info(l))] end)),
    ?assertEqual([{ok,l},[a,b],ok,[a,b,c]],
                 wrap(fun() -> disk_log:log(l, a), disk_log:inc_wrap_file(l), disk_log:log(l, b), disk_log:close(l), [open([{type, wrap}, {size, {200, 3}}]), all(start), disk_log:log(l, c), all(start)] end)).

%% A file is full before it is longer than it may be, and the oldest goes.
turns_test() ->
    wrap(fun() ->
                 [ok = disk_log:log(l, {N, lists:duplicate(10, x)}) || N <- lists:seq(1, 20)],
                 Kept = [N || {N, _} <- all(start)],
                 ?assertEqual(lists:seq(hd(Kept), 20), Kept),
                 ?assert(length(Kept) < 20),
                 [?assert(filelib:file_size(path("l." ++ integer_to_list(N))) =< 200) || N <- [1, 2, 3]]
         end).

%% A file that was not closed is cut behind its last whole item.
repair_test() ->
    with([], fun() ->
                     ok = disk_log:log_terms(l, [a, b, c]),
                     ok = disk_log:sync(l),
                     {ok, Bytes} = file("l"),
                     ok = disk_log:close(l),
                     ok = file:write_file(path("l"), binary:part(Bytes, 0, byte_size(Bytes) - 1)),
                     ?assertEqual({error, {need_repair, path("l")}}, open([{repair, false}])),
                     ?assertMatch({repaired, l, {recovered, 2}, {badbytes, _}}, open([{quiet, true}])),
                     ?assertEqual([a, b], all(start)),
                     ok = disk_log:log(l, d),
                     ?assertEqual([a, b, d], all(start)),
                     ok = disk_log:close(l),
                     {ok, l} = open([{repair, truncate}]),
                     ?assertEqual([], all(start))
             end).

%% A process that ends closes what it opened.
owners_test() ->
    ok = filelib:ensure_dir(path("x")),
    {Pid, Mon} = spawn_monitor(fun() -> {ok, l} = open([]), ok = disk_log:log(l, a) end),
    receive {'DOWN', Mon, process, Pid, Reason} -> ?assertEqual(normal, Reason) end,
    gone(),
    {ok, l} = open([]),
    ?assertEqual([a], all(start)),
    ok = disk_log:close(l),
    ok = file:del_dir_r(dir()).

gone() ->
    case lists:member(l, disk_log:all()) of
        true ->
            erlang:yield(),
            gone();
        false -> ok
    end.

words_test() ->
    ?assertEqual("There is no disk log with the given name\n", lists:flatten(disk_log:format_error({error, no_such_log}))),
    ?assertEqual("The halt log a is full\n", lists:flatten(disk_log:format_error({error, {full, a}}))),
    ?assertEqual("The file \"x\" is not a wrap log file\n", lists:flatten(disk_log:format_error({error, {not_a_log_file, "x"}}))),
    ?assertEqual("The disk log a has already opened another file\n",
                 lists:flatten(disk_log:format_error({error, {name_already_open, a}}))),
    ?assertEqual("foo\n", lists:flatten(disk_log:format_error(foo))),
    ?assertEqual("\"x\": \"no such file or directory\"\n", lists:flatten(disk_log:format_error({error, {file_error, "x", enoent}}))),
    ?assertEqual("The value c of the disk log option a does not match the current value b\n",
                 lists:flatten(disk_log:format_error({error, {arg_mismatch, a, b, c}}))),
    ?assertEqual("The argument x is missing, not recognized or not wellformed\n",
                 lists:flatten(disk_log:format_error({error, {badarg, x}}))),
    ?assertEqual("The disk log a has been opened read-only, but the requested operation needs read-write access\n",
                 lists:flatten(disk_log:format_error({error, {read_only_mode, a}}))),
    ?assertEqual("The requested operation can only be applied on internally formatted disk logs, but a is externally formatted\n",
                 lists:flatten(disk_log:format_error({error, {format_external, a}}))),
    ?assertEqual("The blocked disk log a does not queue requests, or the log has been blocked by the calling process\n",
                 lists:flatten(disk_log:format_error({error, {blocked_log, a}}))),
    ?assertEqual([true,{error,{no_continuation,foo}}],
                 with([], fun() -> disk_log:log(l, a), {C, _} = disk_log:chunk(l, start), [disk_log:chunk_info(C) =:= [{node, node()}], disk_log:chunk_info(foo)] end)).

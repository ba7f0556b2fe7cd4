%% Functions of ets without a test elsewhere.
-module(ets_more).
-include("../show.hrl").

start() ->
    ets:new(em, [named_table, ordered_set, public]),
    ets:insert(em, [{N, N * N} || N <- [1, 2, 3]]),
    show(fun() -> saved() end),  % expect: {ok,em,[{1,1},{2,4},{3,9}]}
    show(fun() -> ets:file2tab("/nonexistent/file", [{verify, true}]) end),  % expect: {error,{read_error,{file_error,"/nonexistent/file",enoent}}}
    show(fun() -> ets:tab2file(em, "/nonexistent/dir/file", []) end),  % expect: {error,{file_error,"/nonexistent/dir/file",enoent}}
    show(fun() -> ets:match_spec_run_r([{1, 2}, {3, 4}, {5, 6}], ets:match_spec_compile([{{'$1', '_'}, [{'>', '$1', 1}], ['$1']}]), [acc]) end),  % expect: [5,3,acc]
    show(fun() -> out(fun() -> ets:i(em) end) end),  % expect: {normal,printed}
    show(fun() -> out(fun() -> ets:i() end) end),  % expect: {normal,printed}
    show(fun() -> ets:fun2ms(foo) end).  % expect: error function_clause

saved() ->
    Name = filename:join(os:getenv("TMPDIR", "/tmp"), "ets_more_" ++ os:getpid()),
    R = ets:tab2file(em, Name, [{extended_info, [object_count]}]),
    ets:rename(em, other),
    {ok, T} = ets:file2tab(Name, [{verify, true}]),
    L = ets:tab2list(T),
    ets:delete(T),
    ets:rename(other, em),
    file:delete(Name),
    {R, T, L}.

out(F) ->
    Me = self(),
    Leader = spawn_link(fun Loop() ->
        receive
            {io_request, From, Ref, {get_line, _, _}} -> From ! {io_reply, Ref, "q\n"}, Loop();
            {io_request, From, Ref, _} -> Me ! printed, From ! {io_reply, Ref, ok}, Loop()
        end
    end),
    {_, M} = spawn_monitor(fun() -> group_leader(Leader, self()), F() end),
    R = receive {'DOWN', M, _, _, Why} -> Why end,
    P = next(),
    drain(),
    {R, P}.

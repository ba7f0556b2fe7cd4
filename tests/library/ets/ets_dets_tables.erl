%% Between tables in memory and tables on disk; tables filled by functions.
-module(ets_dets_tables).
-include("../show.hrl").

start() ->
    File = filename:join(os:getenv("TMPDIR", "/tmp"), "ets_dets_tables_" ++ os:getpid()),
    {ok, edt} = dets:open_file(edt, [{file, File}]),
    dets:insert(edt, [{old, 0}, {2, two}]),
    T = ets:new(t, [ordered_set]),
    ets:insert(T, [{N, N * N} || N <- [1, 2, 3]]),
    show(fun() -> ets:from_dets(T, edt) end),  % expect: true
    show(fun() -> ets:tab2list(T) end),  % expect: [{1,1},{2,two},{3,9},{old,0}]
    show(fun() -> ets:delete(T, old), ets:to_dets(T, edt) end),  % expect: edt
    show(fun() -> lists:sort(dets:match_object(edt, '_')) end),  % expect: [{1,1},{2,two},{3,9}]
    show(fun() -> ets:to_dets(T, no_such_dets) end),  % expect: error badarg
    show(fun() -> ets:to_dets(no_such_ets, edt) end),  % expect: error badarg
    show(fun() -> ets:from_dets(T, no_such_dets) end),  % expect: error badarg
    show(fun() -> ets:from_dets(no_such_ets, edt) end),  % expect: error badarg
    dets:close(edt),
    file:delete(File),
    show(fun() -> {ets:init_table(T, input([[{a, 1}], [], [{b, 2}, {a, 3}]])), ets:tab2list(T), drain_all()} end),  % expect: {true,[{a,3},{b,2}],[read,read,read,read]}
    show(fun() -> {ets:init_table(T, fun(Why) -> self() ! Why, {[{c, 1}], fun(Why2) -> self() ! {second, Why2}, odd end} end), ets:tab2list(T), drain_all()} end),  % expect: exit odd
    show(fun() -> {ets:init_table(T, fun(Why) -> self() ! Why, {error, reason} end), ets:tab2list(T), drain_all()} end),  % expect: exit {error,reason}
    show(fun() -> ets:init_table(T, fun(read) -> self() ! read, exit(why); (close) -> self() ! close end) end),  % expect: exit why
    show(fun() -> drain_all() end),  % expect: [read,{second,read},read,read]
    show(fun() -> ets:init_table(T, foo) end),  % expect: error {badfun,foo}
    show(fun() -> ets:init_table(no_such_ets, input([])) end).  % expect: error badarg

input([]) -> fun(Why) -> self() ! Why, end_of_input end;
input([L | Ls]) -> fun(Why) -> self() ! Why, {L, input(Ls)} end.

drain_all() -> receive M -> [M | drain_all()] after 0 -> [] end.

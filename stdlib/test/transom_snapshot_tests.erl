-module(transom_snapshot_tests).
-include_lib("eunit/include/eunit.hrl").

a_snapshot_shows_mailboxes_and_becomes_json_test() ->
    Pid = spawn(fun() -> receive stop -> ok end end),
    [Pid ! {number, N} || N <- lists:seq(1, 10)],
    Snapshot = transom_snapshot:take(),
    Id = list_to_binary(pid_to_list(Pid)),
    [#{messages := 10, first_messages := First}] = [P || #{pid := I} = P <- maps:get(processes, Snapshot), I =:= Id],
    ?assertEqual([<<"{number,1}">>, <<"{number,2}">>, <<"{number,3}">>], First),
    #{<<"counts">> := #{<<"processes">> := N}} = json:decode(iolist_to_binary(transom_snapshot:json(Snapshot))),
    ?assert(N > 0),
    Pid ! stop.

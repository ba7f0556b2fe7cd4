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

metrics_are_lines_of_name_and_number_test() ->
    Lines = string:split(lists:flatten(unicode:characters_to_list(transom_metrics:text())), "\n", all),
    Samples = [L || [C | _] = L <- Lines, C =/= $#],
    ?assert(length(Samples) > 20),
    [?assertMatch({match, _}, re:run(L, "^transom_[a-z_]+({[^}]*})? -?[0-9.e+-]+$")) || L <- Samples].

units_test() ->
    ?assertEqual("1.5KiB", lists:flatten(transom_info:bytes(1536))),
    ?assertEqual("12B", lists:flatten(transom_info:bytes(12))),
    ?assertEqual("1h02m", lists:flatten(transom_info:uptime(3725))).

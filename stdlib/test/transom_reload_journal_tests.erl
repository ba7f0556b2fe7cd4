%% Entries keep the bytes of versions for as far back as a rollback reaches, and their figures for ever.
-module(transom_reload_journal_tests).

-include_lib("eunit/include/eunit.hrl").

bytes_of_old_entries_go_test() ->
    Entry = fun(N) -> #{number => N, before => [{m, <<N>>, "m.erl"}], 'after' => [{m, <<N, N>>, "m.erl", none}], switch_us => N} end,
    #{journal := J, next := 71} = lists:foldl(fun(N, St) -> transom_reload_journal:noted(Entry(N), St) end, #{journal => [], next => 1}, lists:seq(1, 70)),
    ?assertEqual(lists:seq(70, 1, -1), [N || #{number := N} <- J]),
    ?assertEqual(lists:seq(70, 20, -1), [N || #{number := N, before := [_], 'after' := [_]} <- J]),
    ?assertEqual(lists:seq(1, 70), lists:sort([Us || #{switch_us := Us} <- J])).

hashes_test() ->
    [none, none] = [transom_reload_journal:md5(B) || B <- [none, undefined]],
    {queue, Bin, _} = code:get_object_code(queue),
    ?assertEqual(queue:module_info(md5), transom_reload_journal:md5(Bin)),
    ?assert(transom_reload_journal:version(queue) >= 1).

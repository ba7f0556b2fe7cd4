-module(transom_top_tests).
-include_lib("eunit/include/eunit.hrl").

rows_name_processes_test() ->
    Pid = spawn(fun() -> receive stop -> ok end end),
    register(seen_in_top, Pid),
    Pid ! waiting,
    [{_, "seen_in_top", Reductions, Memory, 1, _}] = [R || {P, _, _, _, _, _} = R <- transom_top:rows(), P =:= Pid],
    ?assert(is_integer(Reductions) andalso Memory > 0),
    Pid ! stop.

unknown_arguments_end_with_2_test() -> ?assertEqual(2, transom_top:command(["--sort", "colour"])).

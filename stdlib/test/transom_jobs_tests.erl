-module(transom_jobs_tests).
-include_lib("eunit/include/eunit.hrl").
%% Kinds of frames, as in transom_control.hrl.
-define(INPUT, 2).
-define(JOB, 7).
-define(OUTPUT, 65).
-define(READ, 67).

%% No client has this channel: what would be sent to it finds it closed.
-define(NO_CHANNEL, 1 bsl 40).

closed_test() ->
    process_flag(trap_exit, true),
    Sizes = #{columns => 80, rows => 24, terminal => {true, true}},
    Jobs = transom_jobs:new(?NO_CHANNEL, #{}, Sizes),
    Frame = receive {job_frame, _, _, _, _} = F -> F after 30000 -> error(no_frame) end,
    Shell = transom_jobs:shell(Jobs),
    ?assert(is_pid(Shell)),
    Ref = monitor(process, Shell),
    ?assertMatch({closed, _}, transom_jobs:frame(Frame, Jobs)),
    ok = transom_jobs:stop(Jobs),
    receive {'DOWN', Ref, _, _, _} -> ok after 30000 -> error(alive) end.

%% While the menu is open a job's output is held.
held_test() ->
    process_flag(trap_exit, true),
    Sizes = #{columns => 80, rows => 24, terminal => {true, true}},
    Jobs = transom_jobs:client(?JOB, <<>>, transom_jobs:new(?NO_CHANNEL, #{}, Sizes)),
    Frame = receive {job_frame, _, _, _, _} = F -> F after 30000 -> error(no_frame) end,
    Held = transom_jobs:frame(Frame, Jobs),
    ?assertNotMatch({closed, _}, Held),
    ?assertMatch({quit, _}, transom_jobs:client(?INPUT, <<"q\n">>, Held)),
    ok = transom_jobs:stop(Held).

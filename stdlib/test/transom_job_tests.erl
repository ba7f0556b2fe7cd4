-module(transom_job_tests).
-include_lib("eunit/include/eunit.hrl").
%% Kinds of frames, as in transom_control.hrl.
-define(INPUT, 2).
-define(JOB, 7).
-define(OUTPUT, 65).
-define(READ, 67).

-export([reader/0]).

reader() ->
    Line = io:get_line("name? "),
    io:put_chars(["got ", Line]).

start() ->
    Sizes = #{columns => 80, rows => 24, terminal => {true, true}},
    transom_job:start({?MODULE, reader, []}, #{}, Sizes).

frame(Job) ->
    receive
        {job_frame, Job, Ref, Kind, Data} ->
            Job ! {Ref, ok},
            {Kind, Data}
    after 30000 -> error(no_frame)
    end.

%% It asks for input, gets it, prints, and says when its shell has ended.
conversation_test() ->
    Job = start(),
    ?assertEqual({?READ, <<"lname? ">>}, frame(Job)),
    transom_job:input(Job, {ok, <<"Ann\n">>}),
    ?assertEqual({?OUTPUT, <<"got Ann\n">>}, frame(Job)),
    receive {job_ended, Job, Reason} -> ?assertEqual(normal, Reason) after 30000 -> error(no_end) end,
    ok = transom_job:stop(Job).

%% Stopped while it waits: nothing of it is left.
stop_test() ->
    Job = start(),
    {?READ, _} = frame(Job),
    {dictionary, D} = process_info(Job, dictionary),
    Shell = proplists:get_value(shell, D),
    Refs = [monitor(process, P) || P <- [Job, Shell]],
    ok = transom_job:stop(Job),
    [receive {'DOWN', Ref, _, _, _} -> ok after 30000 -> error(alive) end || Ref <- Refs].

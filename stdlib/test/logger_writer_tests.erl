%% The process behind handlers, with a sink that tells its test what it is asked.
-module(logger_writer_tests).
-include_lib("eunit/include/eunit.hrl").
-export([open/2, write/3, sync/1, close/1]).

open(_, #{refuse := Reason}) -> {error, Reason};
open(Name, #{test := Test}) ->
    Test ! {opened, Name},
    {ok, Test}.

%% A text that says so holds the process until the test lets it go.
write(<<"wait">> = Text, _, Test) ->
    Test ! {wrote, Text, self()},
    receive go -> Test end;
write(Text, _, Test) ->
    Test ! {wrote, Text},
    Test.

sync(Test) ->
    Test ! synced,
    ok.

close(Test) ->
    Test ! closed,
    ok.

started(Config) ->
    ok = logger_writer:start(?MODULE, ?MODULE, w, maps:merge((logger_handler:protection())#{filesync_repeat_interval => no_repeat, test => self()}, Config)),
    next().

next() -> receive M -> M after 30000 -> nothing end.

in_order_test() ->
    ?assertEqual({opened, w}, started(#{})),
    [ok = logger_writer:log(w, T) || T <- [<<"a">>, <<"b">>]],
    ?assertEqual(ok, logger_writer:filesync(?MODULE, w)),
    %% What is on disk is not asked for again.
    ?assertEqual(ok, logger_writer:filesync(?MODULE, w)),
    ?assertEqual([{wrote, <<"a">>}, {wrote, <<"b">>}, synced], [next(), next(), next()]),
    ?assertEqual(ok, logger_writer:stop(w)),
    ?assertEqual(closed, next()),
    ?assertEqual(ok, logger_writer:log(w, <<"late">>)),
    ?assertExit({noproc, _}, logger_writer:filesync(?MODULE, w)).

refused_test() ->
    ?assertEqual({error, no_room}, logger_writer:start(?MODULE, ?MODULE, w, (logger_handler:protection())#{refuse => no_room})).

flood_test() ->
    {opened, w} = started(#{flush_qlen => 5, sync_mode_qlen => 5, drop_mode_qlen => 5}),
    ok = logger_writer:log(w, <<"wait">>),
    {wrote, <<"wait">>, Writer} = next(),
    [ok = logger_writer:log(w, <<"lost">>) || _ <- lists:seq(1, 20)],
    Writer ! go,
    ok = logger_writer:filesync(?MODULE, w),
    {wrote, Said} = next(),
    ?assertEqual(<<"Handler w flushed 20 log events\n">>, Said),
    ok = logger_writer:stop(w),
    [synced, closed] = [next(), next()].

bursts_test() ->
    {opened, w} = started(#{burst_limit_max_count => 2, burst_limit_window_time => 600000}),
    [ok = logger_writer:log(w, T) || T <- [<<"a">>, <<"b">>, <<"c">>]],
    ok = logger_writer:filesync(?MODULE, w),
    ?assertEqual([{wrote, <<"a">>}, {wrote, <<"b">>}, synced], [next(), next(), next()]),
    ok = logger_writer:stop(w),
    closed = next().

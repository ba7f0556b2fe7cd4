%% Tests of trace ports and their clients: what a client reads is what was traced, in order, whatever is in between.
-module(dbg_port_tests).

-include_lib("eunit/include/eunit.hrl").

-export([f/1]).

f(X) -> X.

%% Calls f(1) .. f(N) in a process whose calls go to a port that `Open' makes.
calls_to(Open, N, Then) ->
    {ok, _} = dbg:tracer(port, Open),
    {Pid, Monitor} = spawn_monitor(fun() -> receive go -> [?MODULE:f(X) || X <- lists:seq(1, N)] end end),
    {ok, _} = dbg:p(Pid, c),
    {ok, _} = dbg:tp(?MODULE, f, 1, []),
    Pid ! go,
    receive {'DOWN', Monitor, _, _, normal} -> ok end,
    Result = Then(Pid),
    dbg:stop(),
    Result.

%% The events that a client hands on, until the end (-1) or until N have come.
client(Type, Where, N) ->
    Self = self(),
    Ref = make_ref(),
    Client = dbg:trace_client(Type, Where, {fun(Event, _) -> Self ! {Ref, Event}, [] end, []}),
    Monitor = monitor(process, Client),
    Events = gather(Ref, Monitor, N, []),
    dbg:stop_trace_client(Client),
    demonitor(Monitor, [flush]),
    Events.

gather(_, _, 0, Acc) -> lists:reverse(Acc);
gather(Ref, Monitor, N, Acc) ->
    receive
        {Ref, end_of_trace} -> lists:reverse(Acc);
        {Ref, Event} -> gather(Ref, Monitor, N - 1, [Event | Acc]);
        {'DOWN', Monitor, _, _, Reason} -> lists:reverse([{ended, Reason} | Acc])
    after 10000 -> lists:reverse([timeout | Acc])
    end.

called(Pid, Xs) -> [{trace, Pid, call, {?MODULE, f, [X]}} || X <- Xs].

a_file_has_all_of_it_when_the_trace_stops_test() ->
    Name = "dbg_port_tests.trc",
    Pid = calls_to(dbg:trace_port(file, Name), 5000, fun(P) -> P end),
    ?assertEqual(called(Pid, lists:seq(1, 5000)), client(file, Name, -1)),
    file:delete(Name).

flush_is_enough_to_read_it_test() ->
    Name = "dbg_port_tests_flush.trc",
    {Pid, Events} = calls_to(dbg:trace_port(file, Name), 10, fun(P) ->
        ?assertEqual(ok, dbg:flush_trace_port()),
        ?assertEqual({error, no_ip_driver}, dbg:trace_port_control(get_listen_port)),
        {P, client(file, Name, -1)} end),
    ?assertEqual(called(Pid, lists:seq(1, 10)), Events),
    file:delete(Name).

wrapping_files_keep_the_newest_test() ->
    Wrap = {"dbg_port_tests_w", wrap, ".trc", 1000, 3},
    Pid = calls_to(dbg:trace_port(file, Wrap), 200, fun(P) -> P end),
    Names = filelib:wildcard("dbg_port_tests_w*.trc"),
    ?assert(length(Names) =< 3),
    Events = client(file, {"dbg_port_tests_w", wrap, ".trc"}, -1),
    First = 201 - length(Events),
    ?assert(First > 1),
    ?assertEqual(called(Pid, lists:seq(First, 200)), Events),
    [file:delete(Name) || Name <- Names].

a_followed_file_goes_on_test() ->
    Name = "dbg_port_tests_follow.trc",
    {Pid, Events} = calls_to(dbg:trace_port(file, Name), 20, fun(P) ->
        dbg:flush_trace_port(),
        {P, client(follow_file, Name, 20)} end),
    ?assertEqual(called(Pid, lists:seq(1, 20)), Events),
    file:delete(Name).

a_socket_hands_on_what_waited_and_counts_the_rest_test() ->
    {Pid, Events} = calls_to(dbg:trace_port(ip, {0, 50}), 200, fun(P) ->
        {ok, Port} = dbg:trace_port_control(get_listen_port),
        ?assert(is_integer(Port) andalso Port > 0),
        {P, client(ip, Port, 51)} end),
    ?assertEqual(called(Pid, lists:seq(1, 50)) ++ [{drop, 150}], Events).

a_port_as_tracer_test() ->
    Name = "dbg_port_tests_trace.trc",
    Port = (dbg:trace_port(file, Name))(),
    ?assert(is_port(Port)),
    ?assertEqual({name, "trace_file_drv n " ++ Name}, erlang:port_info(Port, name)),
    {Pid, Monitor} = spawn_monitor(fun() -> receive go -> self() ! x end end),
    ?assertEqual(1, erlang:trace(Pid, true, [send, 'receive', {tracer, Port}])),
    ?assertEqual({tracer, Port}, erlang:trace_info(Pid, tracer)),
    Pid ! go,
    receive {'DOWN', Monitor, _, _, _} -> ok end,
    dbg_port:close(Port),
    ?assertEqual([{trace, Pid, 'receive', go}, {trace, Pid, send, x, Pid}], client(file, Name, -1)),
    file:delete(Name).

the_end_of_a_port_ends_what_it_recorded_test() ->
    Name = "dbg_port_tests_end.trc",
    Port = (dbg:trace_port(file, Name))(),
    Pid = spawn(fun() -> receive stop -> ok end end),
    Session = trace:session_create(of_port, Port, []),
    1 = trace:process(Session, Pid, true, [call]),
    1 = erlang:trace(Pid, true, [call, {tracer, Port}]),
    dbg_port:close(Port),
    wait_for(fun() -> erlang:trace_info(Pid, flags) =:= {flags, []} end),
    ?assertError(badarg, trace:info(Session, Pid, flags)),
    Pid ! stop,
    file:delete(Name).

wait_for(Test) -> Test() orelse begin timer:sleep(2), wait_for(Test) end.

no_such_folder_test() ->
    ?assertExit(enoent, (dbg:trace_port(file, "no/such/folder/x.trc"))()).

%% 3,000 files that are cut short, have a bit turned or bytes put in: a client reads what is whole and says in its exit reason what is not.
broken_files_are_refused_with_a_reason_test_() ->
    {timeout, 120, fun() ->
        Events = [{trace, self(), call, {m, f, [X, lists:seq(1, X), #{X => <<X>>}]}} || X <- lists:seq(1, 20)],
        Whole = iolist_to_binary([[<<0, (byte_size(D)):32>>, D] || E <- Events, D <- [term_to_binary(E)]] ++ [<<1, 7:32>>]),
        rand:seed(exsss, {1, 2, 3}),
        Outcomes = [read_broken(break(Whole)) || _ <- lists:seq(1, 3000)],
        Kinds = lists:usort(Outcomes),
        ?assertEqual([], Kinds -- [whole, truncated, bad_record]),
        ?assert(lists:member(truncated, Kinds) andalso lists:member(bad_record, Kinds))
    end}.

break(Whole) ->
    At = rand:uniform(byte_size(Whole)) - 1,
    <<Before:At/binary, Byte, After/binary>> = Whole,
    case rand:uniform(3) of
        1 -> Before;
        2 -> <<Before/binary, (Byte bxor (1 bsl (rand:uniform(8) - 1))), After/binary>>;
        3 -> <<Before/binary, (rand:bytes(rand:uniform(9)))/binary, Byte, After/binary>>
    end.

read_broken(Bytes) ->
    Name = "dbg_port_tests_broken.trc",
    ok = file:write_file(Name, Bytes),
    Self = self(),
    Reader = dbg:trace_client(file, Name, {fun(end_of_trace, _) -> Self ! whole; (_, _) -> [] end, []}),
    Watch = monitor(process, Reader),
    Outcome = receive
                  {'DOWN', Watch, _, _, {trace_client, Reason}} -> Reason;
                  {'DOWN', Watch, _, _, Other} -> receive whole -> whole after 0 -> Other end
              end,
    receive whole -> ok after 0 -> ok end,
    file:delete(Name),
    case Outcome of
        %% It had ended before it was watched.
        noproc -> read_broken(Bytes);
        _ -> Outcome
    end.

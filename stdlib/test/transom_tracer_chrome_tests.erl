%% A Chrome trace of a running program: it is JSON, its slices nest, its arrows lead from a send to a receive.
-module(transom_tracer_chrome_tests).

-include_lib("eunit/include/eunit.hrl").

-export([serve/0, outer/2, inner/1]).

serve() -> receive {From, X} -> From ! {self(), inner(X)}, serve(); stop -> ok end.
outer(Server, N) ->
    Server ! {self(), N},
    receive {Server, Y} -> Y + inner(N) end.
inner(N) -> _ = lists:seq(1, 2000), N * 2.

events(Fun) ->
    File = "transom_tracer_chrome_tests." ++ os:getpid() ++ ".json",
    Server = spawn(?MODULE, serve, []),
    Client = spawn(fun() -> receive {go, To} -> Fun(Server), To ! done, receive stop -> ok end end end),
    {ok, Session, _} = transom_tracer:run(["transom_tracer_chrome_tests:outer -> return", "transom_tracer_chrome_tests:inner -> return"], [Server, Client],
                                          #{style => chrome, output => {file, File}, limit => infinity, count => infinity, bytes => infinity}),
    {ok, 2} = transom_tracer:processes(Session, [Server, Client], [call, send, 'receive', garbage_collection, running]),
    Client ! {go, self()},
    receive done -> ok end,
    {ok, _} = transom_tracer:stop(Session),
    [exit(P, kill) || P <- [Server, Client]],
    {ok, Text} = file:read_file(File),
    ok = file:delete(File),
    json:decode(Text).

tracks(Events) -> maps:groups_from_list(fun(#{<<"pid">> := P, <<"tid">> := T}) -> {P, T} end, [E || #{<<"ph">> := Ph} = E <- Events, Ph =/= <<"M">>]).

%% Every end closes the last open slice of its track, and none stays open.
nests(Events) -> lists:foldl(fun slice/2, [], Events) =:= [].

slice(#{<<"ph">> := <<"B">>, <<"name">> := Name}, Open) -> [Name | Open];
slice(#{<<"ph">> := <<"E">>, <<"name">> := Name}, [Name | Open]) -> Open;
slice(#{<<"ph">> := <<"E">>} = Wrong, Open) -> error({Wrong, Open});
slice(_, Open) -> Open.

whole_test() ->
    Events = events(fun(Server) -> [outer(Server, N) || N <- lists:seq(1, 50)], garbage_collect() end),
    ?assertEqual([<<"collections">>, <<"processes">>, <<"schedulers">>],
                 lists:sort([Name || #{<<"name">> := <<"process_name">>, <<"args">> := #{<<"name">> := Name}} <- Events])),
    Tracks = tracks(Events),
    ?assert(lists:all(fun nests/1, maps:values(Tracks))),
    ?assertEqual([1, 2, 3], lists:usort([P || {P, _} <- maps:keys(Tracks)])),
    %% inner/1 lies within outer/2 in the client.
    ?assert(lists:any(fun(Track) -> depth(Track) >= 2 end, maps:values(Tracks))),
    %% Times of a track never go back.
    [?assertEqual(lists:sort(Times), Times) || Track <- maps:values(Tracks), Times <- [[Ts || #{<<"ts">> := Ts} <- Track]]],
    Starts = [E || #{<<"ph">> := <<"s">>} = E <- Events],
    Ends = [E || #{<<"ph">> := <<"f">>} = E <- Events],
    ?assert(length(Ends) >= 100),
    ById = maps:from_list([{Id, E} || #{<<"id">> := Id} = E <- Starts]),
    [arrow(maps:get(Id, ById), End) || #{<<"id">> := Id} = End <- Ends].

%% From another process, and not back in time.
arrow(#{<<"tid">> := From, <<"ts">> := Sent}, #{<<"tid">> := To, <<"ts">> := Received}) ->
    ?assertNotEqual(From, To),
    ?assert(Sent =< Received).

depth(Events) ->
    element(2, lists:foldl(fun(#{<<"ph">> := <<"B">>}, {Now, Most}) -> {Now + 1, max(Most, Now + 1)};
                              (#{<<"ph">> := <<"E">>}, {Now, Most}) -> {Now - 1, Most};
                              (_, Both) -> Both
                           end, {0, 0}, Events)).

%% A program that others attach to: it registers a command that says what the system holds, and one for each way a command can end.
-module(clerk).
-export([start/0, command/1]).

start() ->
    transom_command:register("clerk", ?MODULE),
    register(clerk, spawn(fun() -> serve(0) end)),
    ok.

serve(N) ->
    receive
        {next, From} ->
            From ! {number, N},
            serve(N + 1)
    end.

%% Processes besides those of the conversation that asks, open channels (the asking one included), ports, trace sessions, those that trace
%% the clerk's function and the clerk.
command(["holds"]) ->
    Mine = [self(), group_leader()],
    Others = [P || P <- processes(), not lists:member(P, Mine)],
    Sessions = [length(trace:session_info(What)) || What <- [all, {?MODULE, serve, 1}, whereis(clerk)]],
    io:format("~w ~w ~w ~w~n", [length(Others), prim_channel:count(), length(erlang:ports()), Sessions]),
    0;
command(["next"]) ->
    clerk ! {next, self()},
    receive {number, N} -> io:format("~w~n", [N]) end,
    0;
command(["status", N]) -> list_to_integer(N);
command(["crash"]) -> error(oops);
command(["say", Text]) ->
    io:format("~ts~n", [Text]),
    transom_command:error("aside~n", []),
    0;
command(["echo"]) -> echo(io:get_line("line> "));
command(["flood"]) ->
    Line = lists:duplicate(1000, $x),
    [io:format("~s~n", [Line]) || _ <- lists:seq(1, 100000)],
    0;
command(["sleep"]) -> receive after infinity -> 0 end.

echo(eof) -> 0;
echo(Line) ->
    io:format("~w~n", [length(Line)]),
    echo(io:get_line("line> ")).

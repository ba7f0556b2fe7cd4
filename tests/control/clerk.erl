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

%% Processes besides those of the conversation that asks, open channels (the asking one included), ports.
command(["holds"]) ->
    Mine = [self(), group_leader()],
    Others = [P || P <- processes(), not lists:member(P, Mine)],
    io:format("~w ~w ~w~n", [length(Others), prim_channel:count(), length(erlang:ports())]),
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

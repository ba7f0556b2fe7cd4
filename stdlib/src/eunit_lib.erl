%% What EUnit's macros call: printing past the capture of output, and commands of the operating system.
-module(eunit_lib).
-export([debug/3, command/1, command/2]).

%% Prints to the terminal: the file, the line, the process, the text.
debug(File, Line, Text) ->
    io:format(user, "~ts:~w:~w: ~ts~n", [File, Line, self(), Text]).

command(Command) -> command(Command, "").

%% Runs a command in a shell; answers its exit status and what it printed.
command(Command, Dir) ->
    Cd = case Dir of "" -> []; _ -> [{cd, Dir}] end,
    Port = open_port({spawn, Command}, [stream, exit_status, use_stdio, stderr_to_stdout, in, hide | Cd]),
    collect(Port, []).

collect(Port, Acc) ->
    receive
        {Port, {data, Chars}} -> collect(Port, [Chars | Acc]);
        {Port, {exit_status, Status}} -> {Status, lists:flatten(lists:reverse(Acc))}
    end.

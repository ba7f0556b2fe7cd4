%% What EUnit's macros and reporters call: printing past the capture of output, commands of the operating system, the text of exceptions.
-module(eunit_lib).
-export([debug/3, command/1, command/2, format_exception/1, format_exception/2, format_stacktrace/1]).

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

format_exception(Exception) -> format_exception(Exception, 20).

%% An exception with its frames, as deep as Depth.
format_exception({Class, Reason, Stack}, Depth) when is_atom(Class), is_list(Stack) ->
    [format_stacktrace(Stack), io_lib:format("**~w:~tP", [Class, Reason, Depth])];
format_exception(Term, Depth) -> io_lib:format("~tP", [Term, Depth]).

format_stacktrace([]) -> [];
format_stacktrace([First | Rest]) -> [["in function ", frame(First)], [["in call from ", frame(F)] || F <- Rest]].

frame({M, F, Args, Where}) when is_list(Args) ->
    [frame({M, F, length(Args), Where}), io_lib:format("  called as ~w(~ts)~n", [F, lists:join(",", [io_lib:format("~tp", [A]) || A <- Args])])];
frame({M, F, A, Where}) ->
    [io_lib:format("~w:~tw/~w", [M, F, A]), place(Where), $\n].

place(Where) ->
    case {proplists:get_value(file, Where), proplists:get_value(line, Where)} of
        {undefined, _} -> [];
        {File, undefined} -> [" (", File, ")"];
        {File, Line} -> io_lib:format(" (~ts, line ~w)", [File, Line])
    end.

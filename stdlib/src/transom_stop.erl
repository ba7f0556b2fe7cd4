%% `transom stop NAME`: the orderly end, supervision trees first. SIGTERM does the same.
-module(transom_stop).

-export([command/1]).

command(["--help" | _]) ->
    io:put_chars("Usage: transom stop NAME|PID\n\nEnds a VM in order, supervision trees first. SIGTERM does the same.\n"),
    0;
command([]) ->
    init:stop(),
    %% The client sees the end of the connection, which is the end of the system.
    receive after infinity -> 0 end;
command(_) -> transom_control:argument_error("transom stop NAME takes no arguments~n", []).

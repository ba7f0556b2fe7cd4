%% `transom stop NAME`: the orderly end, supervision trees first. SIGTERM does the same.
-module(transom_stop).

-export([command/1]).

command([]) ->
    init:stop(),
    0;
command(_) -> transom_control:argument_error("transom stop NAME takes no arguments~n", []).

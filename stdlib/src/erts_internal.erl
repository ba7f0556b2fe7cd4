%% What runs in place of a process that should have been started on a node to which there is no connection.
-module(erts_internal).

-export([crasher/6]).

-spec crasher(node(), module(), atom(), [term()], [term()], term()) -> no_return().
crasher(Node, M, F, Args, [], Reason) ->
    error_logger:warning_msg("** Can not start ~tw:~tw,~tw on ~tw **~n", [M, F, Args, Node]),
    exit(Reason);
crasher(Node, M, F, Args, Options, Reason) ->
    error_logger:warning_msg("** Can not start ~tw:~tw,~tw (~tw) on ~tw **~n", [M, F, Args, Options, Node]),
    exit(Reason).

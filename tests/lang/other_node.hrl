%% What comes of a process that is to start on a node that is not there.
ends({P, M}) -> {pid_and_ref, is_pid(P), receive {Tag, M, process, P, R} -> {Tag, R} after 2000 -> nothing end};
ends(P) when is_pid(P) ->
    M = monitor(process, P),
    receive {'DOWN', M, process, P, R} when R =:= noconnection; R =:= noproc -> ok end,
    {pid, node(P) =:= node(), receive {'EXIT', P, Why} -> {exit, Why} after 50 -> no_exit end};
ends(R) when is_reference(R) ->
    receive {Tag, R, error, Why} -> {Tag, Why}; {Tag, R, ok, P} -> {Tag, is_pid(P)} after 50 -> nothing end.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

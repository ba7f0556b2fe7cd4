%% What comes of a process that is to start on a node that is not there.
ends({P, M}) -> {pid_and_ref, is_pid(P), receive {Tag, M, process, P, R} -> {Tag, R} after 30000 -> nothing end};
ends(P) when is_pid(P) ->
    M = monitor(process, P),
    receive {'DOWN', M, process, P, R} when R =:= noconnection; R =:= noproc -> ok end,
    {pid, node(P) =:= node()};
ends(R) when is_reference(R) ->
    receive {Tag, R, error, Why} -> {Tag, Why}; {Tag, R, ok, P} -> {Tag, is_pid(P)} after 30000 -> nothing end.

%% The same of one that is linked, too.
exits(P) ->
    {ends(P), receive {'EXIT', P, Why} -> {exit, Why} after 30000 -> no_exit end}.

%% The same where nothing is told.
silent(P) when is_pid(P) -> {ends(P), receive {'EXIT', P, Why} -> {exit, Why} after 50 -> no_exit end};
silent(R) when is_reference(R) -> receive Message -> Message after 50 -> nothing end.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

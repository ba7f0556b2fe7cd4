-module(receives).
-export([call/2, mon/1, two/2, flush/0, nested/1]).
call(Pid, Req) ->
    Ref = erlang:make_ref(),
    Pid ! {self(), Ref, Req},
    receive
        {Ref, ok} -> ok;
        {Ref, {error, E}} -> exit(E);
        {Ref, Reply} -> Reply
    after 5000 -> exit(timeout)
    end.
mon(Pid) ->
    M = monitor(process, Pid),
    Pid ! {call, M},
    receive
        {reply, M, X} -> demonitor(M, [flush]), {ok, X};
        {'DOWN', M, process, _, Why} -> {error, Why}
    end.
two(Pid, Other) ->
    M = make_ref(),
    Pid ! M,
    receive {M, X} -> X; Other -> other end.
flush() -> receive _ -> flush() after 0 -> ok end.
nested(L) ->
    R = make_ref(),
    [self() ! {R, X} || X <- L],
    try [receive {R, Y} -> Y end || _ <- L]
    catch error:E -> {error, E}
    end.

%% spawn_request: error.
-module(bif_spawn_request_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> spawn_request(id(a)) end),  % expect: error badarg
    show(fun() -> begin R = spawn_request(fun() -> ok end, [nosuchopt]), receive {spawn_reply, R, T, W} -> {T, W} end end end).  % expect: {error,badopt}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% spawn_request: normal.
-module(bif_spawn_request_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin R = spawn_request(fun() -> ok end), receive {spawn_reply, R, ok, P} -> is_pid(P) end end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% spawn_request: edge.
-module(bif_spawn_request_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin R = spawn_request(fun() -> ok end, [{reply_tag, mine}]), receive {mine, R, ok, P} -> is_pid(P) end end end),  % expect: true
    show(fun() -> begin R = spawn_request(erlang, self, [], [{reply, no}]), is_reference(R) end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% process: edge, normal exit ignored.
-module(process_edge_normal_exit_ignored).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin P = spawn(fun() -> receive after infinity -> ok end end), exit(P, normal), receive after 5 -> ok end, is_process_alive(P) end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

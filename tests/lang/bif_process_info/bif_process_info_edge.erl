%% process_info: edge.
-module(bif_process_info_edge).
-export([start/0, id/1]).
-include("../waiting.hrl").

start() ->
    show(fun() -> begin self() ! m, process_info(self(), messages) end end),  % expect: {messages,[m]}
    show(fun() -> process_info(self(), [trap_exit, priority]) end),  % expect: [{trap_exit,false},{priority,normal}]
    show(fun() -> begin P = spawn(fun() -> ok end), R = monitor(process, P), receive {'DOWN', R, _, _, _} -> ok end, process_info(P) end end),  % expect: undefined
    show(fun() -> begin {_, S} = process_info(self(), status), S end end),  % expect: running
    show(fun() -> begin P2 = waiting(spawn(fun() -> receive go -> ok end end)), {process_info(P2, status), process_info(P2, current_function)} end end).  % expect: {{status,waiting},
    % expect:  {current_function,{bif_process_info_edge,'-start/0-fun-5-',0}}}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

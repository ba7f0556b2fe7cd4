%% check_process_code: edge.
-module(bif_check_process_code_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:check_process_code(self(), nosuchmod) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

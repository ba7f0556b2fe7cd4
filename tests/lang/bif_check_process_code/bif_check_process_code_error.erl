%% check_process_code: error.
-module(bif_check_process_code_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:check_process_code(id(a), m) end),  % expect: error badarg
    show(fun() -> erlang:check_process_code(self(), id(1)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% exit_2: error.
-module(bif_exit_2_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> exit(id(a), x) end),  % expect: error badarg
    show(fun() -> exit(id(1), x) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

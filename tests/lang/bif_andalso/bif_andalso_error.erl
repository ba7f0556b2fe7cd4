%% andalso: error.
-module(bif_andalso_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1) andalso true end),  % expect: error {badarg,1}
    show(fun() -> id(undefined) andalso true end).  % expect: error {badarg,undefined}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
